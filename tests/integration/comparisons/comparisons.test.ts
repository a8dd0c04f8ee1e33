import sharp from "sharp";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { POST as come } from "@/app/api/v1/comparison-invites/route";
import { DELETE as revoke } from "@/app/api/v1/comparisons/[comparisonId]/invites/[invite]/route";
import { GET as getInvites, POST as postInvite } from "@/app/api/v1/comparisons/[comparisonId]/invites/route";
import { POST as postPair } from "@/app/api/v1/comparisons/[comparisonId]/pairs/route";
import { GET as getPrompts } from "@/app/api/v1/comparisons/[comparisonId]/prompts/route";
import { GET as getResults, POST as postChange } from "@/app/api/v1/comparisons/[comparisonId]/route";
import { GET as getVotes, POST as postVote } from "@/app/api/v1/comparisons/[comparisonId]/votes/route";
import { GET as getList, POST as postComparison } from "@/app/api/v1/comparisons/route";
import { GET as getImage } from "@/app/media/comparisons/[pairId]/[part]/route";
import { newId } from "@/lib/db/new-id";
import { removeModel } from "@/lib/models/remove-model";
import type { Outcome } from "@/lib/schemas/battles";
import type {
  ComparedPrompts,
  ComparisonCreationInput,
  ComparisonPair,
  ComparisonResults,
  ComparisonVoteResponse,
  CreatedComparison,
  PairResponse,
} from "@/lib/schemas/comparisons";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { addCalls } from "../../support/judge-calls";
import { useTestDatabase } from "../../support/test-database";

process.env.SUBMISSIONS = "open";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
let arena: Arena;
let runs: string[];

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  const { db } = database;
  await db.rateLimit.deleteMany();
  // Three runs over two prompts in the arena and six outside it, whose samples alone may be compared.
  arena = await makeArena(db, { models: 3, prompts: 2, gallery: 6, images: true });
  const found = arena.models.map(({ id }) => db.run.findFirstOrThrow({ where: { modelId: id } }));
  runs = (await Promise.all(found)).map(({ id }) => id);
});

const at = (more: Record<string, string>) => ({ params: Promise.resolve(more) as Promise<never> });
const get = (query = "", cookie?: string) => request("GET", `/x${query}`, { cookie });
const post = (body: unknown, cookie?: string) => request("POST", "/x", { body, cookie });

async function make(more: Partial<ComparisonCreationInput> = {}, cookie?: string) {
  const response = await postComparison(post({ name: "Which seed?", runs, ...more }, cookie));
  expect(response.status).toBe(201);
  const { comparisonId: id, invite } = (await response.json()) as CreatedComparison;
  return { id, invite, token: invite.path.split("/").at(-1)!, owner: cookie ?? cookieOf(response) };
}

/** A new person who has come by a link. */
async function invited(token: string): Promise<string> {
  const response = await come(post({ token }));
  expect(response.status).toBe(200);
  return cookieOf(response);
}

async function next(id: string, cookie: string, besides?: string): Promise<PairResponse> {
  const response = await postPair(post({ besides }, cookie), at({ comparisonId: id }));
  expect(response.status).toBe(200);
  return (await response.json()) as PairResponse;
}

const cast = (id: string, cookie: string | undefined, pairId: string, outcome: Outcome) =>
  postVote(post({ pairId, outcome }, cookie), at({ comparisonId: id }));

/** Votes on all pairs that somebody is asked for. */
async function voteAll(id: string, cookie: string, judge: (pair: ComparisonPair) => Promise<Outcome>) {
  const seen: ComparisonPair[] = [];
  for (;;) {
    const { pair, progress } = await next(id, cookie);
    if (pair === null) return { seen, progress };
    seen.push(pair);
    expect((await cast(id, cookie, pair.pairId, await judge(pair))).status).toBe(200);
  }
}

/** Votes for the run that stands first in the comparison, whichever side it is on. */
async function forFirst({ pairId }: ComparisonPair): Promise<Outcome> {
  const { firstIsLeft } = await database.db.comparisonVote.findUniqueOrThrow({ where: { id: pairId } });
  return firstIsLeft ? "left" : "right";
}

const results = async (id: string, cookie: string) =>
  (await (await getResults(get("", cookie), at({ comparisonId: id }))).json()) as ComparisonResults;
const prompts = async (id: string, cookie: string, query = "") => {
  const response = await getPrompts(
    get(`?first=${runs[0]}&second=${runs[1]}${query}`, cookie),
    at({ comparisonId: id }),
  );
  expect(response.status).toBe(200);
  return (await response.json()) as ComparedPrompts;
};

test("each voter is asked for every pair of runs equally often, never twice for one, and is told nothing of the runs", async () => {
  const { id, token } = await make({ pairsPerVoter: 9, question: "Which is sharper?" });
  const voters = [await invited(token), await invited(token)];
  for (const voter of voters) {
    const { seen, progress } = await voteAll(id, voter, async () => "tie");
    expect([seen.length, progress]).toEqual([9, { done: 9, of: 9 }]);
    expect(seen.every(({ question }) => question === "Which is sharper?")).toBe(true);
    const told = JSON.stringify(seen);
    const names = await database.db.sample.findMany({ select: { id: true, artifactHash: true } });
    const secrets = [...runs, ...arena.models.flatMap((m) => [m.id, m.slug]), "Codename", ...names.flatMap((s) => [s.id, s.artifactHash])]; // prettier-ignore
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  }
  const rows = await database.db.comparisonVote.findMany({ where: { comparisonId: id } });
  const perVoter = new Map<string, number>();
  for (const { voterId, firstRunId, secondRunId } of rows) {
    const key = `${voterId} ${firstRunId} ${secondRunId}`;
    perVoter.set(key, (perVoter.get(key) ?? 0) + 1);
  }
  expect([...perVoter.values()]).toEqual([3, 3, 3, 3, 3, 3]);
  expect(rows.every(({ promptId }) => arena.galleryIds.includes(promptId))).toBe(true);
});

test("people together see all prompts: one is given what the other was not", async () => {
  const { id, token } = await make({ runs: runs.slice(0, 2), pairsPerVoter: 3 });
  for (const voter of [await invited(token), await invited(token)]) await voteAll(id, voter, forFirst);
  const rows = await database.db.comparisonVote.findMany({ where: { comparisonId: id } });
  expect(new Set(rows.map(({ promptId }) => promptId)).size).toBe(6);
});

test("a voter is asked for no more pairs than there are, and the count says how many from the start", async () => {
  const { id, token } = await make({ runs: runs.slice(0, 2), pairsPerVoter: 500 });
  const voter = await invited(token);
  const first = await next(id, voter);
  expect(first.progress).toEqual({ done: 0, of: 6 });
  await cast(id, voter, first.pair!.pairId, "tie");
  expect((await next(id, voter)).progress).toEqual({ done: 1, of: 6 });
  const { seen, progress } = await voteAll(id, voter, async () => "both_bad");
  expect([seen.length, progress]).toEqual([5, { done: 6, of: 6 }]);
});

test("a pair without a vote comes again, so that nobody chooses pairs by reloading; a page may have one more at hand", async () => {
  const { id, token } = await make();
  const voter = await invited(token);
  const first = (await next(id, voter)).pair!;
  expect((await next(id, voter)).pair).toEqual(first);
  const second = (await next(id, voter, first.pairId)).pair!;
  expect(second.pairId).not.toBe(first.pairId);
  expect((await next(id, voter, first.pairId)).pair).toEqual(second);
  for (let i = 0; i < 20; i++) await next(id, voter, i % 2 === 0 ? second.pairId : first.pairId);
  expect(await database.db.comparisonVote.count({ where: { comparisonId: id } })).toBe(2);
  await Promise.all(Array.from({ length: 8 }, () => next(id, voter, first.pairId)));
  expect(await database.db.comparisonVote.count({ where: { comparisonId: id } })).toBe(2);
});

test("a vote counts once, whatever is sent after it, and names are told only where the owner says so", async () => {
  const { id, token, owner } = await make();
  const voter = await invited(token);
  const { pairId } = (await next(id, voter)).pair!;
  const read = async (outcome: Outcome) =>
    (await (await cast(id, voter, pairId, outcome)).json()) as ComparisonVoteResponse;
  expect(await read("left")).toEqual({ outcome: "left", done: 1, names: null });
  expect(await read("right")).toEqual({ outcome: "left", done: 1, names: null });
  expect((await results(id, owner)).votes).toBe(1);
  expect((await postChange(post({ showsNames: true }, owner), at({ comparisonId: id }))).status).toBe(200);
  const { names } = await read("right");
  const row = await database.db.comparisonVote.findUniqueOrThrow({ where: { id: pairId } });
  const [first, second] = [row.firstRunId, row.secondRunId].map((run) => `Codename ${runs.indexOf(run)}`);
  expect(names).toEqual(row.firstIsLeft ? { left: first, right: second } : { left: second, right: first });
});

test("strangers, and people who were never invited, get 404 everywhere, images included; a guest gets no results and no other's pair", async () => {
  const { id, token, owner } = await make();
  const guest = await invited(token);
  const other = await invited(token);
  const stranger = cookieOf(await postComparison(post({ name: "Own", runs }))); // known here, not invited
  const { pairId, left } = (await next(id, guest)).pair!;
  expect(left.url).toBe(`/media/comparisons/${pairId}/left`);
  const asks = (cookie?: string) => ({
    results: getResults(get("", cookie), at({ comparisonId: id })),
    change: postChange(post({ name: "Mine" }, cookie), at({ comparisonId: id })),
    invites: getInvites(get("", cookie), at({ comparisonId: id })),
    invite: postInvite(post({}, cookie), at({ comparisonId: id })),
    votes: getVotes(get("", cookie), at({ comparisonId: id })),
    prompts: getPrompts(get(`?first=${runs[0]}&second=${runs[1]}`, cookie), at({ comparisonId: id })),
    vote: cast(id, cookie, pairId, "left"),
    image: getImage(get("", cookie), at({ pairId, part: "left" })),
  });
  for (const cookie of [undefined, stranger]) {
    for (const [name, response] of Object.entries({
      ...asks(cookie),
      pair: postPair(post({}, cookie), at({ comparisonId: id })),
    }))
      // prettier-ignore
      expect([name, (await response).status]).toEqual([name, 404]);
  }
  // Another guest, and the owner too, see their own pairs alone.
  for (const [name, response] of Object.entries(asks(other)))
    expect([name, (await response).status]).toEqual([name, 404]);
  expect((await getImage(get("", owner), at({ pairId, part: "left" }))).status).toBe(404);
  expect((await getImage(get("", guest), at({ pairId, part: "left" }))).status).toBe(200);
  for (const part of ["middle", "source-0", "..%2Fleft"])
    expect((await getImage(get("", guest), at({ pairId, part }))).status).toBe(404);
});

test("both sides are served without metadata and in no other way than each other", async () => {
  const { id, token } = await make({ runs: runs.slice(0, 2) });
  const guest = await invited(token);
  const { pairId, size } = (await next(id, guest)).pair!;
  expect(size).toEqual({ width: 80, height: 80 });
  const sides = await Promise.all(
    ["left", "right"].map(async (part) => {
      const response = await getImage(get("", guest), at({ pairId, part }));
      const meta = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
      return { headers: [...response.headers], format: meta.format, exif: meta.exif, width: meta.width };
    }),
  );
  expect(sides[0].headers).toEqual(sides[1].headers);
  expect(new Headers(sides[0].headers).get("cache-control")).toContain("private");
  expect(sides.map(({ format, exif }) => [format, exif])).toEqual([["webp", undefined], ["webp", undefined]]); // prettier-ignore
  expect(sides.map(({ width }) => width).sort()).toEqual([64, 80]);
});

test("the owner reads wins, voters and shares with intervals, by category too; no board's votes or ratings move", async () => {
  const { id, token, owner } = await make({ runs: runs.slice(0, 2) });
  for (let person = 0; person < 5; person++) {
    await voteAll(id, await invited(token), async (pair) =>
      pair.category === "colour" ? "tie" : person === 4 ? "both_bad" : forFirst(pair),
    );
  }
  const { votes, voters, ownVotes, pairs, runs: named } = await results(id, owner);
  expect([votes, voters, ownVotes]).toEqual([30, 5, 0]);
  expect(named.map(({ name }) => name)).toEqual(["Codename 0", "Codename 1"]);
  const [pair] = pairs;
  expect(pairs).toHaveLength(1);
  expect(pair).toMatchObject({ firstWins: 12, secondWins: 0, ties: 15, bothBad: 3, voters: 5, prompts: 6 });
  expect(pair.share!.value).toBeCloseTo((12 + 9) / 30, 12);
  expect(pair.share!.speaksFor).toEqual(["voters", "prompts"]);
  expect(pair.share!.low).toBeLessThan(0.7);
  expect(pair.share!.high).toBeGreaterThan(0.7);
  expect(pair.categories.map(({ category, share }) => [category, share.votes, share.value])).toEqual([
    ["colour", 15, 0.5],
    ["counting", 15, 0.9],
  ]);
  const { db } = database;
  expect([await db.vote.count(), await db.battle.count(), await db.eloRating.count()]).toEqual([0, 0, 0]);
});

test("votes leave as CSV and JSON lines in the layout of a board's log, voters under pseudonyms", async () => {
  const { id, token, owner } = await make({ runs: runs.slice(0, 2) });
  await voteAll(id, await invited(token), forFirst);
  const csv = await (await getVotes(get("?format=csv", owner), at({ comparisonId: id }))).text();
  const [head, ...lines] = csv.trim().split("\n");
  expect(head).toBe(
    "model_a,model_b,winner,judge,tstamp,prompt,category,prompt_key,sample,run_a,run_b,decision_ms",
  );
  expect(lines).toHaveLength(6);
  const jsonl = await (await getVotes(get("?format=jsonl", owner), at({ comparisonId: id }))).text();
  const rows = jsonl.trim().split("\n").map((line) => JSON.parse(line) as Record<string, string>); // prettier-ignore
  for (const { winner, model_a, model_b, run_a, judge } of rows) {
    expect(winner === "model_a" ? model_a : model_b).toBe("Codename 0");
    expect(run_a).toBe(runs[model_a === "Codename 0" ? 0 : 1]);
    expect(judge).not.toContain("vtr_");
  }
});

test("the list by prompt shows where people, judges and metrics speak for different runs", async () => {
  const { db } = database;
  const { id, token, owner } = await make({ runs: runs.slice(0, 2) });
  await voteAll(id, await invited(token), forFirst);
  const [p0, p1, p2] = arena.galleryIds;
  const judgeId = newId("judge");
  const judge = { id: judgeId, slug: "eye", name: "Eye", creator: "Tests", baseUrl: "http://localhost/v1", providerModel: "j" }; // prettier-ignore
  await db.judge.create({ data: judge });
  const sampleOf = (run: number, promptId: string) =>
    db.sample.findFirstOrThrow({ where: { runId: runs[run], promptId } });
  const score = async (run: number, promptId: string, given: number) => {
    const [callId] = await addCalls(judgeId, 1, db);
    const { id: sampleId } = await sampleOf(run, promptId);
    await db.judgeSampleVerdict.create({
      data: { id: newId("sampleVerdict"), sampleId, judgeId, callId, rubric: "viescore@1", score: given },
    });
  };
  // The judge agrees with people on the first prompt, and not on the second.
  await score(0, p0, 1);
  await score(1, p0, 0.5);
  await score(0, p1, 0.25);
  await score(1, p1, 1);
  // Of one model all images are one file in this world: give the two of the third prompt grades of their own.
  const grade = async (run: number, promptId: string, allCorrect: boolean) =>
    db.grade.create({
      data: { artifactHash: (await sampleOf(run, promptId)).artifactHash, promptId, graderId: "g@1", result: {}, allCorrect }, // prettier-ignore
    });
  await grade(0, p2, false);
  await grade(1, p2, true);

  const all = await prompts(id, owner);
  expect([all.total, all.first.name, all.second.name, all.categories]).toEqual([6, "Codename 0", "Codename 1", ["colour", "counting"]]); // prettier-ignore
  const by = new Map(all.prompts.map((row) => [row.text, row]));
  expect(by.get("prompt 2")).toMatchObject({ people: { value: 1, n: 1 }, judges: { value: 0.5, n: 1 }, metrics: null }); // prettier-ignore
  expect(by.get("prompt 4")).toMatchObject({ judges: null, metrics: { value: -1, n: 2 } });
  expect(by.get("prompt 2")!.first[0].sampleId).toBe((await sampleOf(0, p0)).id);
  const texts = async (query: string) => (await prompts(id, owner, query)).prompts.map(({ text }) => text);
  expect(await texts("&disagreement=people-judges")).toEqual(["prompt 3"]);
  expect(await texts("&disagreement=people-metrics")).toEqual(["prompt 4"]);
  expect(await texts("&disagreement=judges-metrics")).toEqual([]);
  // From the other run's side the numbers turn round, and the same prompts are found.
  const turned = await getPrompts(
    get(`?first=${runs[1]}&second=${runs[0]}&disagreement=people-judges`, owner),
    at({ comparisonId: id }),
  );
  const { prompts: rows } = (await turned.json()) as ComparedPrompts;
  expect(rows.map(({ text, people, judges }) => [text, people?.value, judges?.value])).toEqual([["prompt 3", 0, 0.75]]); // prettier-ignore
});

test("a link that is revoked or over lets nobody in, and who came by it votes no more; their votes stay", async () => {
  const { id, token, owner, invite } = await make();
  const guest = await invited(token);
  await cast(id, guest, (await next(id, guest)).pair!.pairId, "tie");
  const pending = (await next(id, guest)).pair!;
  const gone = await revoke(request("DELETE", "/x", { cookie: owner }), at({ comparisonId: id, invite: invite.id })); // prettier-ignore
  expect(gone.status).toBe(204);
  await expectError(await come(post({ token })), 404, "not_found");
  await expectError(await cast(id, guest, pending.pairId, "left"), 404, "not_found");
  expect((await getImage(get("", guest), at({ pairId: pending.pairId, part: "left" }))).status).toBe(404);
  expect((await results(id, owner)).votes).toBe(1);
  const again = await postInvite(post({ label: "once more", days: 1 }, owner), at({ comparisonId: id }));
  const { id: inviteId, path } = (await again.json()) as CreatedComparison["invite"];
  await database.db.comparisonInvite.update({ where: { id: inviteId }, data: { expiresAt: new Date(1) } });
  await expectError(await come(post({ token: path.split("/").at(-1) })), 404, "not_found");
  const { invites } = (await (await getInvites(get("", owner), at({ comparisonId: id }))).json()) as { invites: unknown[] }; // prettier-ignore
  expect(JSON.stringify(invites)).not.toContain(token);
});

test("a closed comparison takes no votes, keeps its results, and opens again", async () => {
  const { id, token, owner } = await make();
  const guest = await invited(token);
  const { pairId } = (await next(id, guest)).pair!;
  const change = (changes: unknown) => postChange(post(changes, owner), at({ comparisonId: id }));
  expect((await change({ archived: true })).status).toBe(200);
  await expectError(await cast(id, guest, pairId, "left"), 409, "conflict");
  await expectError(await postPair(post({}, guest), at({ comparisonId: id })), 409, "conflict");
  expect((await results(id, owner)).archived).toBe(true);
  await change({ archived: false });
  expect((await cast(id, guest, pairId, "left")).status).toBe(200);
});

test("only runs over one prompt set that who asks may see, with samples that may be shown, are compared", async () => {
  const { db } = database;
  const refused = async (body: unknown, status: number, code: string) =>
    expectError(await postComparison(post(body)), status, code, "runs");
  await refused({ name: "One", runs: [runs[0]] }, 400, "invalid_request");
  await refused({ name: "Twice", runs: [runs[0], runs[0]] }, 400, "invalid_request");
  await refused({ name: "None", runs: [runs[0], "run_none"] }, 404, "not_found");
  await db.model.update({ where: { id: arena.models[2].id }, data: { listed: false } });
  await refused({ name: "Private", runs }, 404, "not_found");
  await db.model.update({ where: { id: arena.models[2].id }, data: { listed: true } });
  // Without prompts outside the arena there is nothing that its owner may see by name.
  await db.prompt.updateMany({ where: { id: { in: arena.galleryIds } }, data: { arena: true } });
  await refused({ name: "Arena", runs }, 400, "invalid_request");
  await db.prompt.updateMany({ where: { id: { in: arena.galleryIds } }, data: { arena: false } });
  const old = runs;
  await makeArena(db, { models: 1, prompts: 0, gallery: 6 });
  await db.model.updateMany({ data: { listed: true } });
  const [elsewhere] = await db.run.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(await refused({ name: "Sets", runs: [old[0], elsewhere.id] }, 400, "invalid_request")).toMatch(/prompt sets/); // prettier-ignore
});

test("what may not be shown any more leaves the comparison at once: a model made private, a prompt that enters the arena", async () => {
  const { db } = database;
  const { id, token, owner } = await make();
  const guest = await invited(token);
  const { pairId } = (await next(id, guest)).pair!;
  const row = await db.comparisonVote.findUniqueOrThrow({ where: { id: pairId } });
  const image = () => getImage(get("", guest), at({ pairId, part: "right" }));
  await db.prompt.update({ where: { id: row.promptId }, data: { arena: true } });
  expect((await image()).status).toBe(404);
  const other = (await next(id, guest)).pair!;
  expect(other.pairId).not.toBe(pairId);
  await db.prompt.update({ where: { id: row.promptId }, data: { arena: false } });
  await cast(id, guest, other.pairId, "tie");
  await db.model.update({ where: { id: arena.models[0].id }, data: { listed: false } });
  const { runs: left, pairs } = await results(id, owner);
  expect([left.map(({ name }) => name), pairs.length]).toEqual([["Codename 1", "Codename 2"], 1]);
  const { seen } = await voteAll(id, guest, async () => "tie");
  const votes = await db.comparisonVote.findMany({ where: { id: { in: seen.map((pair) => pair.pairId) } } });
  expect(votes.filter(({ firstRunId }) => firstRunId === runs[0])).toEqual([]);
});

test("a removed model leaves a comparison with its run and the votes on it; the rest stays", async () => {
  const { id, token, owner } = await make();
  await voteAll(id, await invited(token), forFirst);
  await removeModel({ slug: arena.models[0].slug, by: "operator" });
  const after = await results(id, owner);
  expect([after.runs.length, after.votes, after.pairs.length]).toEqual([2, 6, 1]);
});

test("a visitor's list is their own alone, and holds so many open ones", async () => {
  const { id, owner } = await make();
  const list = async (cookie?: string) =>
    ((await (await getList(get("", cookie))).json()) as { comparisons: { comparisonId: string }[] })
      .comparisons;
  expect((await list(owner)).map(({ comparisonId }) => comparisonId)).toEqual([id]);
  expect(await list()).toEqual([]);
  const { ownerId } = await database.db.comparison.findUniqueOrThrow({ where: { id } });
  await database.db.comparison.createMany({
    data: Array.from({ length: 49 }, () => ({ id: newId("comparison"), ownerId, name: "More" })),
  });
  await expectError(await postComparison(post({ name: "Too many", runs }, owner)), 409, "conflict");
  await database.db.comparison.deleteMany({ where: { ownerId } });
});

test("runs of one model are told apart by label, else by number", async () => {
  const { db } = database;
  const [modelId] = arena.models.map((model) => model.id);
  const { promptSetId } = await db.run.findUniqueOrThrow({ where: { id: runs[0] } });
  const copy = async (label: string | null) => {
    const run = {
      id: newId("run"),
      modelId,
      promptSetId,
      promptCount: 8,
      label,
      state: "PUBLISHED" as const,
    };
    await db.run.create({ data: run });
    const samples = await db.sample.findMany({ where: { runId: runs[0] } });
    await db.sample.createMany({
      data: samples.map(({ promptId, artifactHash }) => ({ id: newId("sample"), runId: run.id, modelId, promptId, artifactHash })), // prettier-ignore
    });
    return run.id;
  };
  const checkpoints = [await copy("step 1000"), await copy("step 2000"), await copy(null), runs[0]];
  const { id, owner } = await make({ runs: checkpoints });
  expect((await results(id, owner)).runs.map(({ name }) => name)).toEqual([
    "Codename 0, step 1000",
    "Codename 0, step 2000",
    "Codename 0 (1)",
    "Codename 0 (2)",
  ]);
});
