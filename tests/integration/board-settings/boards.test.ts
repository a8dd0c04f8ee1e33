import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getAnalysis } from "@/app/api/v1/leaderboards/[board]/analysis/route";
import { GET as getHistory } from "@/app/api/v1/leaderboards/[board]/history/route";
import { GET as getBoard } from "@/app/api/v1/leaderboards/[board]/route";
import { GET as getWeights } from "@/app/api/v1/leaderboards/[board]/weights/route";
import { GET as exportLog } from "@/app/api/v1/votes/export/route";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { POST as accept } from "@/app/api/v1/invites/route";
import { GET as getInvites, POST as postInvite } from "@/app/api/v1/boards/[slug]/invites/route";
import { DELETE as deleteInvite } from "@/app/api/v1/boards/[slug]/invites/[invite]/route";
import { GET as getMembers } from "@/app/api/v1/boards/[slug]/members/route";
import { POST as postMember } from "@/app/api/v1/boards/[slug]/members/[model]/route";
import { GET as getSettings, POST as postSettings } from "@/app/api/v1/boards/[slug]/route";
import { GET as getBoards, POST as postBoard } from "@/app/api/v1/boards/route";
import { arenaPool } from "@/lib/battles/arena-pool";
import { judges } from "@/lib/judges/judge-scope";
import { newId } from "@/lib/db/new-id";
import { bestRuns } from "@/lib/runs/best-runs";
import type { BoardCreationInput, BoardSettings } from "@/lib/schemas/boards";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.SUBMISSIONS = "open";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 3, prompts: 4 });
  await database.db.promptSet.updateMany({ data: { listed: true } });
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

const at = (slug: string, more: Record<string, string> = {}) => ({
  params: Promise.resolve({ slug, board: slug, ...more }) as Promise<never>,
});
const get = (path: string, cookie?: string) => request("GET", path, { cookie });
const post = (path: string, body: unknown, cookie?: string) => request("POST", path, { body, cookie });

async function made(settings: Partial<BoardCreationInput> = {}) {
  const body = { name: "Our own", promptSet: arena.board, size: "64x64", ...settings };
  const response = await postBoard(post("/api/v1/boards", body));
  expect(response.status).toBe(201);
  const { slug } = (await response.json()) as { slug: string };
  return { slug, cookie: cookieOf(response) };
}

async function invited(slug: string, owner: string, role = "voter") {
  const response = await postInvite(post(`/api/v1/boards/${slug}/invites`, { role }, owner), at(slug));
  const { path, id } = (await response.json()) as { path: string; id: string };
  const come = await accept(post("/api/v1/invites", { token: path.split("/").at(-1) }));
  expect(come.status).toBe(200);
  return { id, token: path.split("/").at(-1)!, cookie: cookieOf(come) };
}

const READS = [
  ["GET leaderboard", (slug: string, cookie?: string) => getBoard(get(`/x/${slug}`, cookie), at(slug))],
  ["GET history", (slug: string, cookie?: string) => getHistory(get(`/x/${slug}`, cookie), at(slug))],
  ["GET analysis", (slug: string, cookie?: string) => getAnalysis(get(`/x/${slug}`, cookie), at(slug))],
  [
    "GET weights",
    (slug: string, cookie?: string) => getWeights(get(`/x/${slug}?overall=1`, cookie), at(slug)),
  ],
  ["GET votes", (slug: string, cookie?: string) => exportLog(get(`/x?board=${slug}`, cookie))],
  ["POST battle", (slug: string, cookie?: string) => postBattle(post("/x", { board: slug }, cookie))],
] as const;

test("a new board is its owner's alone: strangers are told there is no such board, whatever they ask; it is in no list", async () => {
  const { slug, cookie } = await made();
  for (const [name, ask] of READS) {
    expect([name, (await ask(slug)).status]).toEqual([name, 404]);
  }
  const seen = async (who?: string) =>
    (
      (await (await getBoards(get("/api/v1/boards", who))).json()) as { boards: { slug: string }[] }
    ).boards.map((board) => board.slug);
  expect(await seen()).not.toContain(slug);
  expect(await seen(cookie)).toContain(slug);
  expect((await getBoard(get("/x", cookie), at(slug))).status).toBe(200);
});

test("an invited voter sees the board and votes, and changes nothing; once the link is revoked both are over", async () => {
  const { slug, cookie } = await made();
  for (const { slug: model } of arena.models.slice(0, 2)) {
    await postMember(post("/x", { state: "member" }, cookie), at(slug, { model }));
  }
  const guest = await invited(slug, cookie);
  expect((await getBoard(get("/x", guest.cookie), at(slug))).status).toBe(200);
  expect((await postBattle(post("/x", { board: slug }, guest.cookie))).status).toBe(201);
  await expectError(await getSettings(get("/x", guest.cookie), at(slug)), 403, "forbidden");
  await expectError(await getMembers(get("/x", guest.cookie), at(slug)), 403, "forbidden");
  await expectError(await getInvites(get("/x", guest.cookie), at(slug)), 403, "forbidden");
  await expectError(
    await postSettings(post("/x", { version: 1, name: "Mine" }, guest.cookie), at(slug)),
    403,
    "forbidden",
  );

  const gone = await deleteInvite(request("DELETE", "/x", { cookie }), at(slug, { invite: guest.id }));
  expect(gone.status).toBe(204);
  expect((await getBoard(get("/x", guest.cookie), at(slug))).status).toBe(404);
  await expectError(await accept(post("/api/v1/invites", { token: guest.token })), 404, "not_found");
});

test("a link is kept as a hash alone, ends when it is over, and a lesser one takes nothing from who may more", async () => {
  const { slug, cookie } = await made();
  const editor = await invited(slug, cookie, "editor");
  const rows = await database.db.boardInvite.findMany();
  expect(JSON.stringify(rows)).not.toContain(editor.token);
  const voters = await postInvite(post("/x", { role: "voter" }, cookie), at(slug));
  const { path, id } = (await voters.json()) as { path: string; id: string };
  const token = path.split("/").at(-1);
  await accept(post("/api/v1/invites", { token }, editor.cookie));
  expect((await getSettings(get("/x", editor.cookie), at(slug))).status).toBe(200);
  await database.db.boardInvite.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  await expectError(await accept(post("/api/v1/invites", { token })), 404, "not_found");
});

test("of two who save one board the second is told, and nothing of theirs is saved", async () => {
  const { slug, cookie } = await made();
  const read = async () => (await (await getSettings(get("/x", cookie), at(slug))).json()) as BoardSettings;
  const { version } = await read();
  const saved = await postSettings(
    post("/x", { version, name: "First", metrics: [], judges: [] }, cookie),
    at(slug),
  );
  expect(saved.status).toBe(200);
  const late = await postSettings(
    post("/x", { version, name: "Second", description: "late", size: "128x128" }, cookie),
    at(slug),
  );
  await expectError(late, 409, "conflict");
  expect(await read()).toMatchObject({ name: "First", description: "", size: "64x64", version: version + 1 });
});

test("what a board cannot have is said with its field, and nothing is made", async () => {
  const before = await database.db.board.count();
  const wrong: [Partial<Record<string, unknown>>, number, string][] = [
    [{ promptSet: "no-such-set" }, 400, "promptSet"],
    [{ metrics: [{ encoder: "clip", reference: null }] }, 400, "metrics.0.encoder"],
    [{ metrics: [{ encoder: "toybox-encoder", reference: "ref_none" }] }, 400, "metrics.0.reference"],
    [{ judges: ["nobody"] }, 400, "judges"],
    [{ criteria: ["motion"] }, 400, "criteria"],
    [{ slug: "chosen" }, 403, "slug"],
    [{ size: "1x1" }, 400, "size"],
  ];
  for (const [settings, status, field] of wrong) {
    const body = { name: "Wrong", promptSet: arena.board, ...settings };
    const response = await postBoard(post("/api/v1/boards", body));
    const { error } = (await response.json()) as { error: { field: string } };
    expect([response.status, error.field]).toEqual([status, field]);
  }
  expect(await database.db.board.count()).toBe(before);
});

test("only the board's own members are in its arena and on its page, and a removed one's votes stay", async () => {
  const { slug, cookie } = await made();
  const [first, second] = arena.models;
  for (const { slug: model } of [first, second]) {
    await postMember(post("/x", { state: "member" }, cookie), at(slug, { model }));
  }
  const board = await database.db.board.findUniqueOrThrow({ where: { slug } });
  expect((await arenaPool(board, database.db, true)).models).toEqual([first.id, second.id].sort());
  const rows = async () =>
    ((await (await getBoard(get("/x", cookie), at(slug))).json()) as { rows: { model: string }[] }).rows.map(
      ({ model }) => model,
    );
  expect((await rows()).sort()).toEqual([first.slug, second.slug].sort());
  await postMember(post("/x", { state: "removed" }, cookie), at(slug, { model: second.slug }));
  expect(await rows()).toEqual([first.slug]);
  // The other board's are as they were.
  const other = await database.db.board.findUniqueOrThrow({ where: { slug: arena.board } });
  expect((await arenaPool(other, database.db, true)).models).toHaveLength(3);
});

test("a model that who asks may not see cannot be put onto a board; one's own can", async () => {
  const { slug, cookie } = await made();
  const voterId = (await database.db.board.findUniqueOrThrow({ where: { slug } })).ownerId;
  const facts = { creator: "Lab", modality: "TEXT_TO_IMAGE" as const };
  await database.db.model.createMany({
    data: [
      { ...facts, id: newId("model"), slug: "theirs", name: "Theirs", submitterId: "vtr_other" },
      { ...facts, id: newId("model"), slug: "mine", name: "Mine", submitterId: voterId },
    ],
  });
  const add = (model: string) => postMember(post("/x", { state: "member" }, cookie), at(slug, { model }));
  await expectError(await add("theirs"), 404, "not_found");
  const { members } = (await (await add("mine")).json()) as { members: { model: string }[] };
  expect(members.map(({ model }) => model)).toEqual(["mine"]);
});

test("the run that is chosen stands for its model, the choice is kept, and only a published run of the model can be", async () => {
  const { slug, cookie } = await made();
  const [{ id: modelId, slug: model }, other] = arena.models;
  const change = (body: unknown) => postMember(post("/x", body, cookie), at(slug, { model }));
  await change({ state: "member" });
  const board = await database.db.board.findUniqueOrThrow({ where: { slug } });
  const run = { modelId, promptSetId: board.promptSetId, promptCount: 2, state: "PUBLISHED" as const };
  const small = await database.db.run.create({ data: { ...run, id: newId("run") } });
  const best = await database.db.run.findFirstOrThrow({ where: { modelId, NOT: { id: small.id } } });
  const theirs = await database.db.run.findFirstOrThrow({ where: { modelId: other.id } });
  const spokesman = async () => (await bestRuns([modelId], board, database.db))[0].runId;

  expect(await spokesman()).toBe(best.id);
  expect((await change({ run: small.id })).status).toBe(200);
  expect(await spokesman()).toBe(small.id);
  await expectError(await change({ run: theirs.id }), 400, "invalid_request");
  await change({ run: small.id });
  await change({ run: null });
  expect(await spokesman()).toBe(best.id);
  const choices = await database.db.boardRunChoice.findMany({
    where: { boardId: board.id },
    orderBy: { id: "asc" },
  });
  expect(choices.map(({ runId }) => runId)).toEqual([small.id, null]);
});

test("a visitor's judge on a board of the visitor's own is sent no image of a listed model that was put there", async () => {
  const { db } = database;
  const { slug, cookie } = await made();
  const { id: boardId, ownerId } = await db.board.findUniqueOrThrow({ where: { slug } });
  const facts = {
    creator: "Me",
    baseUrl: "https://judge.test/v1",
    providerModel: "j",
    rubrics: ["viescore@1"],
  };
  const judge = await db.judge.create({
    data: { ...facts, id: newId("judge"), slug: "collector", name: "Collector", ownerId },
  });
  await db.boardJudge.create({ data: { boardId, judgeId: judge.id } });
  const [{ id: modelId, slug: model }] = arena.models;
  await postMember(post("/x", { state: "member" }, cookie), at(slug, { model }));
  const looks = () =>
    db.$queryRaw<unknown[]>`
      select from judges j, models m where j.id = ${judge.id} and m.id = ${modelId} and ${judges("m")}`;
  expect(await looks()).toHaveLength(0);
  // One that is nobody's to see elsewhere was brought to this board to be looked at.
  await db.model.update({ where: { id: modelId }, data: { listed: false } });
  expect(await looks()).toHaveLength(1);
  await db.model.update({ where: { id: modelId }, data: { listed: true } });
});

test("an archived board takes no votes and stands in no list; brought back, it does again", async () => {
  const { slug, cookie } = await made({ seenBy: "everyone", votedBy: "everyone" });
  for (const { slug: model } of arena.models.slice(0, 2)) {
    await postMember(post("/x", { state: "member" }, cookie), at(slug, { model }));
  }
  const archive = (version: number, archived: boolean) =>
    postSettings(post("/x", { version, archived }, cookie), at(slug));
  expect((await postBattle(post("/x", { board: slug }))).status).toBe(201);
  expect((await archive(1, true)).status).toBe(200);
  await expectError(await postBattle(post("/x", { board: slug })), 409, "conflict");
  const { boards } = (await (await getBoards(get("/api/v1/boards"))).json()) as {
    boards: { slug: string }[];
  };
  expect(boards.map((board) => board.slug)).not.toContain(slug);
  expect((await getBoard(get("/x"), at(slug))).status).toBe(200);
  await archive(2, false);
  expect((await postBattle(post("/x", { board: slug }))).status).toBe(201);
});

test("a visitor has ten boards at most", async () => {
  const { cookie } = await made();
  const again = (name: string) => postBoard(post("/api/v1/boards", { name, promptSet: arena.board }, cookie));
  for (let i = 0; i < 9; i++) expect((await again(`Board ${i}`)).status).toBe(201);
  await expectError(await again("One more"), 409, "conflict");
});
