/**
 * How long it takes to read what pages show, in how many statements, and how large it is, on a database that fill.ts made:
 *
 *   npx tsx tests/bench/site/reads.ts --database postgresql://... [--board bench] [--slowest 2]
 *
 * Each is read twice, and the second time counts. Times are of this process and its PostgreSQL alone, without HTML.
 */
import { parseArgs } from "node:util";
import pg from "pg";
import { arenaPool } from "@/lib/battles/arena-pool";
import { createBattle } from "@/lib/battles/create-battle";
import { findBoard } from "@/lib/boards/find-board";
import { listBoards } from "@/lib/boards/list-boards";
import { createDb } from "@/lib/db/client";
import { readExploredPrompts } from "@/lib/pages/explorer/read-explored-prompts";
import { readPairVotes } from "@/lib/pages/explorer/read-pair-votes";
import { listModels } from "@/lib/pages/list-models";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readHome } from "@/lib/pages/read-home";
import { readLinkedBoard } from "@/lib/pages/read-linked-board";
import { readModel } from "@/lib/pages/read-model";
import { readModelComparison } from "@/lib/pages/read-model-comparison";
import { readScoresComing } from "@/lib/pages/read-scores-coming";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { ensureVoter } from "@/lib/votes/ensure-voter";

const { values: args } = parseArgs({
  options: {
    database: { type: "string" },
    board: { type: "string", default: "bench" },
    slowest: { type: "string", default: "0" },
  },
});
if (args.database === undefined) throw new Error("Give --database, one that fill.ts made.");
process.env.DATABASE_URL = args.database;
process.env.SALON_SECRET ??= "a secret of this bench, which guards nothing";
const db = createDb(args.database, { max: 4 });
(globalThis as { salonDb?: unknown }).salonDb = db;

const sent: { text: string; ms: number }[] = [];
const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function (this: unknown, ...given: unknown[]) {
  const start = performance.now();
  const text = typeof given[0] === "string" ? given[0] : (given[0] as { text: string }).text;
  const note = () => void sent.push({ text, ms: performance.now() - start });
  const last = given.at(-1);
  if (typeof last === "function") {
    const heard = (...answer: unknown[]) => {
      note();
      (last as (...answer: unknown[]) => void)(...answer);
    };
    return query.apply(this, given.with(-1, heard));
  }
  const answer = query.apply(this, given);
  if (answer instanceof Promise) void answer.then(note, note);
  return answer;
} as typeof pg.Client.prototype.query;

async function time(what: string, read: () => Promise<unknown>): Promise<void> {
  await read();
  sent.length = 0;
  const start = performance.now();
  const answer = await read();
  const ms = performance.now() - start;
  const kilobytes = JSON.stringify(answer ?? null).length / 1024;
  const column = (value: number) => value.toFixed(0).padStart(8);
  console.log(`${what.padEnd(36)}${column(ms)} ms${column(sent.length)} statements${column(kilobytes)} kB`);
  for (const { text, ms } of sent.sort((x, y) => y.ms - x.ms).slice(0, Number(args.slowest)))
    console.log(`    ${ms.toFixed(0).padStart(6)} ms  ${text.replace(/\s+/g, " ").trim().slice(0, 150)}`);
}

const by = { voterId: null, runsSite: false, managesAll: false, isSignedIn: false };
const { board } = args;
const found = await findBoard(board, db);
const [first, second, middle] = await db.model.findMany({
  where: { boards: { some: { boardId: found.id } } },
  orderBy: { slug: "asc" },
  take: 3,
});
const { voterId } = await ensureVoter(null, db);

await time("board", () => readLinkedBoard({ board }));
await time("board, its analysis", () => readBoardAnalysis({ board }));
await time("board, its history", () => readRatingHistory({ board, first: 16 }));
await time("board, whole history (JSON)", () => readRatingHistory({ board }));
await time("board, scores coming", () => readScoresComing({ board }));
await time("boards", () => listBoards({ by, archived: true }));
await time("home", () => readHome());
await time("models", () => listModels());
await time("model", () => readModel({ slug: middle.slug, ...by }));
await time("compare four", () =>
  readModelComparison({ board, models: [first.slug, second.slug, middle.slug] }),
);
await time("explorer", () => readExploredPrompts({ board }));
await time("votes of a pair", () => readPairVotes({ board, a: first.slug, b: second.slug }));
await time("arena: pool", () => arenaPool(found, db, true).then(() => null));
await time("arena: battle", () => createBattle({ ...by, board, voterId }));
await db.$disconnect();
