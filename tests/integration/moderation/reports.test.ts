import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getQueue, POST as postReport } from "@/app/api/v1/reports/route";
import { POST as postState } from "@/app/api/v1/samples/[sampleId]/state/route";
import { GET as getModerated } from "@/app/media/moderation/[sampleId]/route";
import type { ModerationQueue } from "@/lib/schemas/moderation";
import { erasePerson } from "@/lib/privacy/erase-person";
import { exportPerson } from "@/lib/privacy/export-person";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { addAccount } from "../../support/add-account";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let curator: string;
let sampleId: string;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  // An owner's site, where nobody is its operator by opening it.
  await addAccount(database.db, "OWNER");
  curator = await signIn(database.db, (await addAccount(database.db, "CURATOR")).userId);
});
beforeEach(async () => {
  arena = await makeArena(database.db, { models: 2, prompts: 1, gallery: 1, images: true });
  const where = { promptId: arena.galleryIds[0], modelId: arena.models[0].id };
  sampleId = (await database.db.sample.findFirstOrThrow({ where })).id;
});

const report = (body: object, cookie?: string) =>
  postReport(request("POST", "/api/v1/reports", { body, cookie }));
const queue = async (): Promise<ModerationQueue> =>
  (await (await getQueue(request("GET", "/api/v1/reports", { cookie: curator }))).json()) as ModerationQueue;
const own = async () => (await queue()).samples.find((each) => each.sampleId === sampleId);
const decide = (body: object) =>
  postState(request("POST", "/x", { body, cookie: curator }), { params: Promise.resolve({ sampleId }) });

test("a visitor's report stands once in the queue, with its reason, words and kind, until it is decided, and may come again then", async () => {
  const first = await report({ sampleId, reason: "hate", text: "  see the sign \u202e " });
  expect(first.status).toBe(201);
  const cookie = cookieOf(first);
  const again = await report({ sampleId, reason: "other" }, cookie);
  expect([again.status, await again.json()]).toEqual([
    200,
    { reportId: expect.any(String) as string, isNew: false },
  ]);
  expect((await report({ sampleId, reason: "sexual" })).status).toBe(201);
  expect(await own()).toMatchObject({
    reports: 2,
    newest: [
      { reason: "sexual", text: null, reporter: "visitor" },
      { reason: "hate", text: "see the sign", reporter: "visitor" },
    ],
  });
  expect((await decide({ state: "visible" })).status).toBe(200);
  expect(await own()).toBeUndefined();
  expect((await decide({ state: "visible", reopens: true })).status).toBe(200);
  expect(await own()).toMatchObject({ reports: 2 });
  await decide({ state: "visible" });
  expect((await report({ sampleId, reason: "hate" }, cookie)).status).toBe(201);
  expect(await own()).toMatchObject({ reports: 1 });
});

test("copies of one report that come at once are one report", async () => {
  const cookie = cookieOf(await report({ sampleId, reason: "hate" }));
  await decide({ state: "visible" });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => report({ sampleId, reason: "hate" }, cookie)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
  expect(await database.db.sampleReport.count({ where: { sampleId } })).toBe(1);
});

test("a side of a battle can be reported by its voter alone, before the vote and after it", async () => {
  const battle = await battleFor(database.db, arena);
  const { voterId, leftSampleId } = await database.db.battle.findUniqueOrThrow({
    where: { id: battle.battleId },
  });
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const body = { battleId: battle.battleId, side: "left", reason: "violence" };
  await expectError(await report(body), 404, "not_found");
  expect((await report(body, cookie)).status).toBe(201);
  expect((await queue()).samples.map((each) => each.sampleId)).toContain(leftSampleId);
  await vote(database.db, battle, "right");
  await expectError(await report(body), 404, "not_found");
  expect((await report({ ...body, side: "right" }, cookie)).status).toBe(201);
});

test("before the vote nothing that a report answers or an export says tells one image from another, and each is reported once", async () => {
  const { db } = database;
  const { voterId } = await ensureVoter(null, db);
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const answers = new Set<string>();
  for (let i = 0; i < 2; i++) {
    const { battleId } = await battleFor(db, arena, voterId);
    for (const side of ["left", "right"]) {
      const answer = await report({ battleId, side, reason: "copyright" }, cookie);
      answers.add(`${answer.status} ${JSON.stringify(await answer.json())}`);
    }
  }
  expect([...answers]).toEqual(['201 {"reportId":null,"isNew":true}']);
  const reports = await db.sampleReport.findMany({ where: { voterId } });
  // Of the one prompt and two models of this arena, both battles showed the same two images.
  expect(reports).toHaveLength(2);
  let exported = "";
  for await (const line of await exportPerson({ person: { voterId }, now: Date.now() }, db)) exported += line;
  expect(exported).toContain('"copyright"');
  for (const { sampleId } of reports) expect(exported).not.toContain(sampleId);
});

test("what somebody cannot see they cannot report: an arena's sample by its id, a private model's, one that is removed", async () => {
  const hidden = await database.db.sample.findFirstOrThrow({ where: { promptId: arena.promptIds[0] } });
  await expectError(await report({ sampleId: hidden.id, reason: "other" }), 404, "not_found");
  await database.db.model.update({ where: { id: arena.models[0].id }, data: { listed: false } });
  await expectError(await report({ sampleId, reason: "other" }), 404, "not_found");
  await database.db.model.update({ where: { id: arena.models[0].id }, data: { listed: true } });
  await decide({ state: "removed", reason: "illegal" });
  await expectError(await report({ sampleId, reason: "other" }), 404, "not_found");
});

test.each([
  ["no image", { reason: "other" }, "sampleId"],
  ["a reason of one's own", { sampleId: "smp_x", reason: "ugly" }, "reason"],
  ["too long a text", { sampleId: "smp_x", reason: "other", text: "x".repeat(501) }, "text"],
  ["a battle without a side", { battleId: "bat_x", reason: "other" }, "sampleId"],
])("a report of %s is refused at its field", async (_name, body, field) => {
  await expectError(await report(body), 400, "invalid_request", field);
});

test("only curators see the queue and its images, and only images that somebody reported or decided on", async () => {
  await expectError(await getQueue(request("GET", "/api/v1/reports")), 401, "unauthorised");
  const open = (cookie?: string) =>
    getModerated(request("GET", `/media/moderation/${sampleId}`, { cookie }), {
      params: Promise.resolve({ sampleId }),
    });
  await expectError(await open(), 401, "unauthorised");
  await expectError(await open(curator), 404, "not_found");
  await report({ sampleId, reason: "hate" });
  await decide({ state: "removed", reason: "hate" });
  const shown = await open(curator);
  expect([shown.status, shown.headers.get("cache-control")]).toEqual([200, "private, max-age=0"]);
});

test("whoever leaves takes their words along, and their report waits on; an export has it", async () => {
  const { voterId } = await ensureVoter(null, database.db);
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  await report({ sampleId, reason: "hate", text: "my own words" }, cookie);
  let exported = "";
  for await (const line of await exportPerson({ person: { voterId }, now: Date.now() }, database.db))
    exported += line;
  expect(exported).toContain("my own words");
  await erasePerson({ person: { voterId }, by: { voterId }, listed: "keep" }, database.db);
  expect(await own()).toMatchObject({ reports: 1, newest: [{ reason: "hate", text: null }] });
  expect(await database.db.sampleReport.findMany({ where: { sampleId } })).toMatchObject([{ voterId: null }]);
});

test("a decision other than to keep needs a reason of the list", async () => {
  await expectError(await decide({ state: "removed" }), 400, "invalid_request", "reason");
  await expectError(
    await decide({ state: "removed", reason: "unchecked" }),
    400,
    "invalid_request",
    "reason",
  );
  expect(await database.db.sample.findUniqueOrThrow({ where: { id: sampleId } })).toMatchObject({
    state: "VISIBLE",
  });
});
