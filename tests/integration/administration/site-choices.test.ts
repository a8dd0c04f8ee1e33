import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getQueue } from "@/app/api/v1/admin/queue/route";
import { POST as postAdmission } from "@/app/api/v1/judges/[judgeId]/admission/route";
import { GET as getJudges } from "@/app/api/v1/judges/route";
import { DELETE as restoreSet, POST as archiveSet } from "@/app/api/v1/prompt-sets/[slug]/archive/route";
import { POST as postListing } from "@/app/api/v1/prompt-sets/[slug]/listing/route";
import { GET as getSet } from "@/app/api/v1/prompt-sets/[slug]/route";
import { POST as postReference } from "@/app/api/v1/references/[referenceId]/route";
import { readAdminCounts } from "@/lib/administration/read-counts";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import type { ReferenceSetResponse } from "@/lib/schemas/examination";
import type { JudgeListResponse } from "@/lib/schemas/judges/judging";
import type { PromptSetView } from "@/lib/schemas/prompt-sets";
import type { QueueView } from "@/lib/schemas/administration/queue";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { addPublishedRun } from "../../support/judging-world";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let board: TestBoard;
let submitter: { userId: string; voterId: string };
const cookies = new Map<UserRole, string>();
const as = (role: UserRole) => cookies.get(role)!;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  board = await addBoard(database.db, 2);
  submitter = await addAccount(database.db, "SUBMITTER");
  cookies.set("SUBMITTER", await signIn(database.db, submitter.userId));
  for (const role of ["OWNER", "ADMIN", "CURATOR"] as const)
    cookies.set(role, await signIn(database.db, (await addAccount(database.db, role)).userId));
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

const lastEvent = () => database.db.auditEvent.findFirst({ orderBy: { id: "desc" } });

test("a curator admits a visitor's judge and dismisses it; its owner may not, and who read it before is told", async () => {
  const judgeId = newId("judge");
  await database.db.judge.create({
    data: {
      ...{ id: judgeId, slug: "theirs", name: "Theirs", creator: "x", baseUrl: "http://127.0.0.1:1/v1" },
      ...{ providerModel: "secret-name", rubrics: [], ownerId: submitter.voterId },
    },
  });
  const at = { params: Promise.resolve({ judgeId }) };
  const decide = (admitted: boolean, role: UserRole, read?: number) =>
    postAdmission(
      request("POST", "/x", {
        body: { admitted },
        cookie: as(role),
        headers: read === undefined ? {} : { "if-match": `"${read}"` },
      }),
      at,
    );
  const seen = async (cookie?: string) => {
    const response = await getJudges(request("GET", "/api/v1/judges", { cookie }));
    return ((await response.json()) as JudgeListResponse).judges;
  };
  // A curator knows of it before anybody is shown it, and not what it is called at its endpoint.
  expect(await seen(as("CURATOR"))).toMatchObject([{ admitted: false, own: false, providerModel: null }]);
  expect(await seen()).toEqual([]);
  await expectError(await decide(true, "SUBMITTER"), 403, "forbidden");
  const [{ revision }] = await seen(as("CURATOR"));
  expect((await decide(true, "CURATOR", revision)).status).toBe(200);
  expect(await seen()).toMatchObject([{ admitted: true }]);
  expect(await lastEvent()).toMatchObject({ action: "judges.admit", actor: "USER", subjectId: judgeId });
  await expectError(await decide(false, "ADMIN", revision), 409, "conflict", "version");
  expect((await decide(false, "CURATOR")).status).toBe(200);
  expect(await seen()).toEqual([]);
});

test("a curator uses a reference set for the site's scores, in place of another, and retires it", async () => {
  const [first, second] = await Promise.all(
    ["first", "second"].map(async (slug) => {
      const encoder = { encoderId: "toybox-encoder@1", preprocessing: "clean", dimension: 4 };
      const { id } = await database.db.referenceSet.create({
        data: { id: newId("reference"), slug, name: slug, state: "READY", ...encoder },
      });
      return id;
    }),
  );
  const change = (referenceId: string, action: string, role: UserRole) =>
    postReference(request("POST", "/x", { body: { action }, cookie: as(role) }), {
      params: Promise.resolve({ referenceId }),
    });
  await expectError(await change(first, "use", "SUBMITTER"), 403, "forbidden");
  await expectError(await change(first, "prefer", "CURATOR"), 400, "invalid_request");
  await change(first, "use", "CURATOR");
  const used = (await (await change(second, "use", "CURATOR")).json()) as ReferenceSetResponse;
  expect(used).toMatchObject({ scoresDistance: true, scoresSamples: false });
  expect(await lastEvent()).toMatchObject({ action: "references.use", actor: "USER", subjectId: second });
  const rows = () => database.db.referenceSet.findMany({ where: { scoresDistance: true } });
  expect((await rows()).map(({ id }) => id)).toEqual([second]);
  await change(second, "retire", "CURATOR");
  expect(await rows()).toEqual([]);
});

test("a curator brings back and publishes the site's prompt sets, an admin everybody's, and a submitter publishes none", async () => {
  const { promptSetId } = await database.db.board.findUniqueOrThrow({ where: { slug: board.slug } });
  const { slug } = await database.db.promptSet.findUniqueOrThrow({ where: { id: promptSetId } });
  const at = { params: Promise.resolve({ slug }) };
  const ask = (method: "POST" | "DELETE", role: UserRole, body?: unknown) =>
    request(method, "/x", { cookie: as(role), body });
  const list = (listed: boolean, role: UserRole) => postListing(ask("POST", role, { listed }), at);
  const read = async (role: UserRole) => getSet(request("GET", "/x", { cookie: as(role) }), at);

  expect(await (await read("CURATOR")).json()).toMatchObject({ own: false, canChange: true });
  expect((await archiveSet(ask("POST", "CURATOR"), at)).status).toBe(200);
  await expectError(await restoreSet(ask("DELETE", "SUBMITTER"), at), 404, "not_found");
  const restored = (await (await restoreSet(ask("DELETE", "CURATOR"), at)).json()) as PromptSetView;
  expect(restored.archived).toBe(false);

  expect((await list(true, "CURATOR")).status).toBe(200);
  await expectError(await restoreSet(ask("DELETE", "SUBMITTER"), at), 403, "forbidden");
  expect(await (await list(false, "CURATOR")).json()).toMatchObject({ listed: false });
  expect((await read("SUBMITTER")).status).toBe(404);
  // It becomes the submitter's own: a curator sees it no more, an admin decides.
  await database.db.promptSet.update({ where: { slug }, data: { ownerId: submitter.voterId } });
  await expectError(await list(true, "SUBMITTER"), 403, "forbidden");
  await expectError(await list(true, "CURATOR"), 404, "not_found");
  expect(await (await list(true, "ADMIN")).json()).toMatchObject({ listed: true });
  expect(await lastEvent()).toMatchObject({ action: "prompts.list", actor: "USER" });
});

test("a paused run stands in the queue with why, and the index counts what waits", async () => {
  const { runId } = await addPublishedRun(database.db, board, "stopped", { listed: true });
  await database.db.run.update({
    where: { id: runId },
    data: { state: "PAUSED", pausedFor: "out_of_credit" },
  });
  const sample = await database.db.sample.findFirstOrThrow({ where: { runId } });
  await database.db.sample.update({ where: { id: sample.id }, data: { state: "HELD" } });
  await database.db.sampleReport.create({
    data: { id: newId("report"), sampleId: sample.id, reporter: "VISITOR", reason: "other" },
  });
  await database.db.user.update({ where: { id: submitter.userId }, data: { disabledAt: new Date() } });
  const queue = (await (
    await getQueue(request("GET", "/api/v1/admin/queue", { cookie: as("ADMIN") }))
  ).json()) as QueueView;
  expect(queue.paused).toContainEqual({
    ...{ what: "run", runId, model: "stopped", pausedFor: "out_of_credit" },
  });
  expect(await readAdminCounts()).toMatchObject({
    reports: { open: 1, held: 1 },
    votes: { held: 0 },
    users: { all: 4, disabled: 1 },
    storage: { bytes: null, isLow: false },
  });
});
