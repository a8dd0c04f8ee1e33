import { beforeAll, expect, test } from "vitest";
import { GET as readBoard } from "@/app/api/v1/leaderboards/[board]/route";
import { GET as readAnalysis } from "@/app/api/v1/leaderboards/[board]/analysis/route";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { outcome } from "@/lib/schemas/battles";
import { boardAnalysisResponse } from "@/lib/schemas/board-analysis";
import { leaderboardResponse } from "@/lib/schemas/leaderboard";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  arena = await makeArena(db, { models: 3, prompts: 4 });
  for (let i = 0; i < 16; i++) await vote(db, await battleFor(db, arena), outcome.options[i % 4]);
  await refitRatings(arena.boardId, db);
  await analyseBoard(arena.boardId, db);
}, 120_000);

const get = (query: string) =>
  readBoard(new Request(`http://salon.test/api/v1/leaderboards/${arena.board}?${query}`), {
    params: Promise.resolve({ board: arena.board }),
  });

test("a board answers with a reader's own columns, in JSON and as CSV's last", async () => {
  const own = encodeURIComponent("Value=elo / price;Odd=elo / prize");
  const board = leaderboardResponse.parse(await (await get(`own=${own}`)).json());
  const [value, odd] = board.ownColumns;
  for (const row of board.rows) expect(value.values[row.model]).toBeCloseTo(row.elo! / 0.01, 6);
  expect(odd).toMatchObject({ error: { position: 6, message: "there is no column prize" }, values: {} });
  expect(board.numbers).toContain("price");
  const lines = (await (await get(`own=${own}&format=csv`)).text()).split("\r\n");
  expect(lines[0]).toMatch(/,Value,Odd$/);
  expect(lines[1]).toMatch(/,\d+(\.\d+)?,$/);
});

test("asked for style control it cannot have yet, a board says why and shows the votes as they are", async () => {
  const plain = leaderboardResponse.parse(await (await get("")).json());
  const board = leaderboardResponse.parse(await (await get("style=controlled")).json());
  expect(plain.styleControl).toBeNull();
  expect(board.styleControl).toMatchObject({ fitted: false, votesOfBoard: 16, effects: [] });
  expect(board.styleControl!.reason).toMatch(/^\S.*\.$/);
  expect(board.rows).toEqual(plain.rows);
  expect((await get("style=sideways")).status).toBe(400);
});

test("the analysis plans votes for every pair and says how ties are read", async () => {
  const response = await readAnalysis(
    new Request(`http://salon.test/api/v1/leaderboards/${arena.board}/analysis`),
    {
      params: Promise.resolve({ board: arena.board }),
    },
  );
  const analysis = boardAnalysisResponse.parse(await response.json());
  expect(analysis.snapshot?.votes).toBe(16);
  for (const { label } of analysis.methods) expect(label).toMatch(/^[A-Z]/);
  expect(analysis.pairs).toHaveLength(6);
  for (const { a, b, separated, directVotes } of analysis.pairs) {
    const back = analysis.pairs.find((pair) => pair.a === b && pair.b === a)!;
    expect([back.separated, back.directVotes]).toEqual([separated, directVotes]);
    if (separated) expect(directVotes).toBe(0);
  }
  expect(analysis.ties!.losses).toHaveLength(3);
});
