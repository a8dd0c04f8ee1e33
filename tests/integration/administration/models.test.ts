import { beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as removeAny, POST as postManaged } from "@/app/api/v1/admin/models/[slug]/route";
import { GET as getManaged } from "@/app/api/v1/admin/models/route";
import { DELETE as deleteModel, GET as getModel } from "@/app/api/v1/models/[slug]/route";
import { POST as cancelRun } from "@/app/api/v1/runs/[runId]/cancel/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import type { UserRole } from "@/lib/db/generated/enums";
import { judgesSeenBy } from "@/lib/judges/judge-scope";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import type { ManagedModels } from "@/lib/schemas/administration/managed-models";
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
  for (const role of ["OWNER", "ADMIN", "CURATOR", "VOTER"] as const)
    cookies.set(role, await signIn(database.db, (await addAccount(database.db, role)).userId));
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

/** A private model of the submitter's, with a run. @returns its slug and the run */
const addPrivate = async (name: string) => {
  const { runId } = await addPublishedRun(database.db, board, name, {
    submitterId: submitter.voterId,
    listed: false,
  });
  return { slug: name, runId };
};
const at = (slug: string) => ({ params: Promise.resolve({ slug }) });
const atRun = (runId: string) => ({ params: Promise.resolve({ runId }) });
const list = async (query: string, cookie: string) =>
  (await (
    await getManaged(request("GET", `/api/v1/admin/models${query}`, { cookie }))
  ).json()) as ManagedModels;
const manage = (slug: string, body: unknown, cookie: string) =>
  postManaged(request("POST", "/x", { body, cookie }), at(slug));

test("admins see all models with their owner's name, private ones too; nobody below them sees the list", async () => {
  await addPrivate("unseen");
  const { models } = await list("?find=unseen", as("ADMIN"));
  expect(models).toMatchObject([
    {
      slug: "unseen",
      state: "unlisted",
      owner: "SUBMITTER",
      submittedBy: "visitor",
      runs: 1,
      lastFailure: null,
    },
  ]);
  expect(models[0].bytes).toBeGreaterThan(0);
  for (const role of ["CURATOR", "VOTER"] as const) {
    const refused = await getManaged(request("GET", "/api/v1/admin/models", { cookie: as(role) }));
    await expectError(refused, 403, "forbidden");
    await expectError(await manage("unseen", { action: "hide" }, as(role)), 403, "forbidden");
  }
});

test("the list is cut by state and by page, and no model is left out or told of twice", async () => {
  for (let i = 0; i < 27; i++)
    await database.db.model.create({
      data: {
        id: `mdl_many${i}`,
        slug: `many-${i}`,
        name: `Many ${i}`,
        creator: "",
        modality: "TEXT_TO_IMAGE",
      },
    });
  const first = await list("?find=many-", as("OWNER"));
  const second = await list(`?find=many-&before=${first.next}`, as("OWNER"));
  expect([first.models.length, second.models.length, second.next]).toEqual([25, 2, null]);
  expect(new Set([...first.models, ...second.models].map(({ slug }) => slug)).size).toBe(27);
  expect((await list("?find=many-&state=hidden", as("OWNER"))).models).toEqual([]);
  expect((await list("?find=100%25", as("OWNER"))).models).toEqual([]);
});

test("an admin hides, shows and removes a model of others, and the log says which admin it was", async () => {
  const { slug } = await addPrivate("hidden-one");
  expect((await manage(slug, { action: "hide" }, as("ADMIN"))).status).toBe(200);
  expect((await list(`?find=${slug}`, as("ADMIN"))).models[0].state).toBe("hidden");
  expect((await manage(slug, { action: "show" }, as("ADMIN"))).status).toBe(200);
  const [event] = await database.db.auditEvent.findMany({
    where: { action: "models.hide" },
    orderBy: { id: "desc" },
    take: 1,
  });
  expect(event).toMatchObject({ actor: "USER", subject: slug });
  expect((await removeAny(request("DELETE", "/x", { cookie: as("ADMIN") }), at(slug))).status).toBe(204);
  expect((await list(`?find=${slug}`, as("ADMIN"))).models).toEqual([]);
});

test("an admin reviews a model, and must say why it is turned down", async () => {
  const { slug } = await addPrivate("reviewed");
  await expectError(
    await manage(slug, { action: "reject", reason: " " }, as("ADMIN")),
    400,
    "invalid_request",
  );
  expect((await manage(slug, { action: "reject", reason: "Squares." }, as("ADMIN"))).status).toBe(200);
  expect((await list(`?find=${slug}`, as("ADMIN"))).models[0].state).toBe("rejected");
});

test("the pages of a private model and its run open to admins, with what they may do there, and to nobody else", async () => {
  const { slug, runId } = await addPrivate("private-one");
  const model = (cookie: string) => getModel(request("GET", "/x", { cookie }), at(slug));
  const run = (cookie: string) => getRun(request("GET", "/x", { cookie }), atRun(runId));
  expect(await (await model(as("ADMIN"))).json()).toMatchObject({ own: false, canChange: true });
  expect(await (await run(as("ADMIN"))).json()).toMatchObject({ canControl: true });
  for (const role of ["CURATOR", "VOTER"] as const) {
    await expectError(await model(as(role)), 404, "not_found");
    await expectError(await run(as(role)), 404, "not_found");
    const removal = await deleteModel(request("DELETE", "/x", { cookie: as(role) }), at(slug));
    await expectError(removal, 404, "not_found");
  }
  await database.db.run.update({ where: { id: runId }, data: { state: "GENERATING" } });
  const cancelled = await cancelRun(request("POST", "/x", { cookie: as("ADMIN") }), atRun(runId));
  expect(cancelled.status).toBe(200);
  const [event] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(event).toMatchObject({ action: "runs.control", actor: "USER", subjectId: runId });
});

test("a run is repeated as it was, and a model that never had one of an endpoint says so", async () => {
  const { slug } = await addPrivate("uploaded");
  await database.db.run.updateMany({ where: { model: { slug } }, data: { source: "UPLOAD" } });
  await expectError(await manage(slug, { action: "run" }, as("ADMIN")), 409, "conflict");
});

test("admins see everybody's judges and prompt sets; curators what is public, the site's and theirs", async () => {
  await database.db.promptSet.create({
    data: { id: "pst_own", slug: "own-set", name: "Own", ownerId: submitter.voterId },
  });
  const slugs = async (by: { voterId: string; managesAll?: boolean }) =>
    (await listPromptSets({ by }, database.db)).promptSets.map(({ slug }) => slug);
  expect(await slugs({ voterId: "vtr_x", managesAll: true })).toContain("own-set");
  expect(await slugs({ voterId: "vtr_x" })).not.toContain("own-set");
  expect(judgesSeenBy({ voterId: "vtr_x", managesAll: true })).toEqual({});
});
