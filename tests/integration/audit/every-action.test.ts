import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
import { GET as getAudit } from "@/app/api/v1/audit/route";
import { GET as getJudges } from "@/app/api/v1/judges/route";
import { GET as getModel } from "@/app/api/v1/models/[slug]/route";
import { GET as getRunLinks } from "@/app/api/v1/runs/[runId]/links/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { GET as getTokens } from "@/app/api/v1/tokens/route";
import { GET as getWebhooks } from "@/app/api/v1/webhooks/route";
import { POST as postToken } from "@/app/api/v1/tokens/route";
import { GET as getSettings, POST as postSettings } from "@/app/api/v1/settings/route";
import { ACTIONS } from "@/lib/access/actions";
import { SCOPES } from "@/lib/access/roles";
import { readMembers } from "@/lib/installation/backup/read-members";
import { writeBackup } from "@/lib/installation/backup/write-backup";
import { changeQueue } from "@/lib/administration/change-queue";
import { requestStorage } from "@/lib/administration/read-storage";
import { createAccount } from "@/lib/accounts/create-account";
import { changeRole } from "@/lib/accounts/change-role";
import { disableAccount } from "@/lib/accounts/disable-account";
import { inviteSomebody, revokeAccountInvite } from "@/lib/accounts/manage-invites";
import { switchOffSecondFactor } from "@/lib/accounts/remove-second-factor";
import { OPERATOR } from "@/lib/accounts/manager";
import { createToken, revokeToken } from "@/lib/api-tokens/manage-tokens";
import { OWN_ACTIONS, UNRECORDED, type AuditAction } from "@/lib/audit/audited-actions";
import { verifyChain } from "@/lib/audit/verify-chain";
import { changeMember } from "@/lib/board-settings/change-member";
import { createBoard } from "@/lib/board-settings/create-board";
import { editBoard } from "@/lib/board-settings/edit-board";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { acceptInvite, createInvite, revokeInvite } from "@/lib/board-settings/invites";
import { newId } from "@/lib/db/new-id";
import { dropKeys, SETTLED_MS } from "@/lib/installation/keys/drop-keys";
import { rotateKeys } from "@/lib/installation/keys/rotate-keys";
import { addJudge } from "@/lib/judges/add-judge";
import { admitJudge } from "@/lib/judges/admit-judge";
import { changeJudge, removeJudge } from "@/lib/judges/change-judge";
import { hideModel, showModel } from "@/lib/models/hide-model";
import { removeModel } from "@/lib/models/remove-model";
import { approveModel, rejectModel } from "@/lib/models/review-model";
import { withdrawModel } from "@/lib/models/withdraw-model";
import { eraseOther, exportOther } from "@/lib/privacy/manage-person";
import { archivePromptSet, listPromptSet } from "@/lib/prompts/archive-prompt-set";
import { limitsOf } from "@/lib/prompts/import-limits";
import { changeComparison } from "@/lib/comparisons/change-comparison";
import {
  acceptComparisonInvite,
  createComparisonInvite,
  revokeComparisonInvite,
} from "@/lib/comparisons/invites";
import { createComparison } from "@/lib/comparisons/create-comparison";
import { comparisonCreation } from "@/lib/schemas/comparisons";
import { importPrompts } from "@/lib/prompts/import-prompts";
import { newVersion } from "@/lib/prompts/new-version";
import { retirePrompts } from "@/lib/prompts/retire-prompts";
import { unpackPromptFiles } from "@/lib/prompts/unpack-prompt-files";
import { newReferenceSet } from "@/lib/references/add-reference";
import { retireReference } from "@/lib/references/choose-reference";
import { removeReference } from "@/lib/references/remove-reference";
import { createRunLink, revokeRunLink } from "@/lib/runs/run-links";
import { reportSample } from "@/lib/moderation/report-sample";
import { setSampleState } from "@/lib/moderation/set-state";
import { cancelRun } from "@/lib/runs/cancel-run";
import { publishModel } from "@/lib/runs/publish-model";
import { resumeRun } from "@/lib/runs/resume-run";
import { startAnotherRun } from "@/lib/runs/start-another-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { boardCreation } from "@/lib/schemas/boards";
import { accountInviteCreation } from "@/lib/schemas/administration/users";
import { runRequest } from "@/lib/schemas/submissions";
import { changeSettings } from "@/lib/settings/change-settings";
import { changeVotes } from "@/lib/votes/change-votes";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { importVotes } from "@/lib/votes/import-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deleteWebhook, rotateWebhookSecret } from "@/lib/webhooks/change-webhook";
import { Prisma } from "@/lib/db/generated/client";
import { addAccount } from "../../support/add-account";
import { request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestBoard,
} from "../../support/evaluation-world";
import { apiError, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { startJudgeEndpoint, type JudgeEndpoint } from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { everyRow, formsOf } from "../../support/leaks";
import { signIn } from "../../support/sign-in";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const KEY = "sk-a-key-that-nobody-may-read";
const HOOK = "the-secret-part-of-an-address";
const operator = "operator" as const;
let images: ImageEndpoint;
let judging: JudgeEndpoint;
let arena: Arena;
let board: TestBoard;
let voterId: string;
let userId: string;
let runs: { submitted: string; published: string };
/** Whatever was secret in what was done. */
const secrets: string[] = [KEY, HOOK];

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  images = await startImageEndpoint();
  judging = await startJudgeEndpoint();
  arena = await makeArena(database.db, { models: 3, prompts: 4 });
  board = await addBoard(database.db, 3);
  ({ voterId, userId } = await addAccount(database.db, "ADMIN"));
  const [submitted, published] = [await submit("A submitted one"), "published"];
  await addPublishedRun(database.db, board, published, { submitterId: voterId, listed: false });
  runs = { submitted, published };
});
afterAll(async () => {
  await client.close();
  await images.close();
  await judging.close();
});

const by = () => ({ voterId });
const submit = async (name: string) =>
  (await submitEndpoint({ submission: submissionOf(images, { name, apiKey: KEY, listed: false }), voterId }))
    .model;
const unpacked = (text: string) =>
  unpackPromptFiles({ name: "a.csv", bytes: Buffer.from(text) }, limitsOf(operator));
const prompts = async (text: string) =>
  ({ unpacked: await unpacked(text), by: operator, skipErrors: false, arena: "all" }) as const;
const judge = (ownerId: string | null) =>
  addJudge({ submission: judgeSubmissionOf(judging, { apiKey: KEY, name: `Judge ${newId("judge")}` }), ownerId, start: false }, client, database.db); // prettier-ignore
const reference = () =>
  database.db.$transaction(
    (tx) =>
    newReferenceSet({ name: "Set", encoder: "toybox-encoder", kind: "path", source: "/x", ownerId: null }, tx), // prettier-ignore
  );
const hook = async (url: string) => {
  const made = await createWebhook({ webhook: { url, events: ["run.finished"] }, by: operator });
  secrets.push(made.secret);
  return made.id;
};
const voted = async () => {
  await vote(database.db, await battleFor(database.db, arena), "left");
  return database.db.vote.findFirstOrThrow({
    where: { boardId: arena.boardId, status: "COUNTED" },
    orderBy: { createdAt: "desc" },
  });
};
const exclude = async () => {
  const { id } = await voted();
  await excludeVotes({ voteIds: [id], voters: [], reason: "a test" });
  return id;
};

const reportOne = async () => {
  const battle = await battleFor(database.db, arena);
  await vote(database.db, battle, "left");
  const { voterId } = await database.db.battle.findUniqueOrThrow({ where: { id: battle.battleId } });
  const report = { battleId: battle.battleId, side: "left", reason: "other" } as const;
  await reportSample({ report, voterId, isSignedIn: false, by: { voterId } });
};

const compared = async () => {
  const names = [`x-${newId("model")}`, `y-${newId("model")}`];
  const runs = [];
  for (const name of names)
    runs.push(
      (await addPublishedRun(database.db, board, name, { submitterId: voterId, listed: false })).runId,
    );
  const comparison = comparisonCreation.parse({ name: "Two checkpoints", runs });
  return createComparison({ comparison, voterId, now: Date.now() });
};

/** One way, at least, of doing each. An action without one does not compile. */
const DOING: Record<AuditAction, () => Promise<unknown>> = {
  "accounts.create": () =>
    createAccount({ name: "New", email: `${newId("user")}@example.org`, password: KEY, now: Date.now() }),
  "accounts.role": async () => {
    const { userId } = await addAccount(database.db, "VOTER");
    const account = { email: `${userId}@example.org` };
    await changeRole({ account, role: "CURATOR", manager: OPERATOR });
  },
  "accounts.disable": async () => {
    const { userId } = await addAccount(database.db, "VOTER");
    for (const disabled of [true, false])
      await disableAccount({ account: { userId }, disabled, manager: OPERATOR, now: Date.now() });
  },
  "accounts.second-factor": async () => {
    const { userId } = await addAccount(database.db, "VOTER");
    await database.db.user.update({ where: { id: userId }, data: { twoFactorEnabled: true } });
    await switchOffSecondFactor({ account: { userId }, manager: OPERATOR });
  },
  "accounts.invite": async () => {
    const wanted = accountInviteCreation.parse({ email: "bob@example.org" });
    const { id, path } = await inviteSomebody({ wanted, manager: OPERATOR, now: Date.now() });
    secrets.push(path.split("=")[1]);
    await revokeAccountInvite({ id, manager: OPERATOR, now: Date.now() });
  },
  "privacy.export": async () => {
    const { userId } = await addAccount(database.db, "VOTER");
    await exportOther({ person: { userId }, manager: OPERATOR, now: Date.now() });
  },
  "privacy.erase": async () => {
    const { userId } = await addAccount(database.db, "VOTER");
    await eraseOther({ person: { userId }, manager: OPERATOR, listed: "keep" });
  },
  "boards.create": () =>
    createBoard({ settings: boardCreation.parse({ name: "New", promptSet: arena.board }), by: operator }),
  "boards.edit": async () => {
    const { version } = await readBoardSettings({ slug: arena.board, by: operator });
    await editBoard({ slug: arena.board, changes: { version, question: "Which?" }, by: operator });
    const [{ slug: model }] = arena.models;
    await changeMember({ slug: arena.board, model, change: { state: "removed" }, by: operator });
    await changeMember({ slug: arena.board, model, change: { state: "member" }, by: operator });
    const invite = { role: "voter", label: "for friends", days: null } as const;
    const ask = { slug: arena.board, by: operator };
    const { id } = await createInvite({ ...ask, invite, now: Date.now() });
    await revokeInvite({ ...ask, invite: id });
  },
  "invites.accept": async () => {
    const invite = { role: "voter", label: "for friends", days: null } as const;
    const { path } = await createInvite({ slug: arena.board, invite, by: operator, now: Date.now() });
    const token = path.split("/").at(-1)!;
    secrets.push(token);
    await acceptInvite({ token, voterId, now: Date.now() });
  },
  "comparisons.create": () => compared(),
  "comparisons.change": async () => {
    const { comparisonId } = await compared();
    await changeComparison({ comparisonId, voterId, changes: { archived: true } });
    const ask = { comparisonId, voterId, now: Date.now() };
    const { id, path } = await createComparisonInvite({ ...ask, invite: { label: "for Ada", days: 3 } });
    const { voterId: guest } = await addAccount(database.db, "VOTER");
    const token = path.split("/").at(-1)!;
    secrets.push(token);
    await acceptComparisonInvite({ token, voterId: guest, now: Date.now() });
    await revokeComparisonInvite({ ...ask, invite: id });
    const events = await database.db.auditEvent.findMany({
      where: { subjectId: { in: [id, comparisonId] } },
    });
    expect(events.map(({ action, after }) => [action, after])).toMatchObject([
      ["comparisons.create", {}],
      ["comparisons.change", { archivedAt: expect.any(String) as string }],
      ["comparisons.change", { expiresAt: expect.any(String) as string }],
      ["invites.accept", { isGuest: true }],
      ["comparisons.change", { isRevoked: true, guests: 0 }],
    ]);
  },
  "prompts.import": async () => {
    const { slug } = await importPrompts({
      ...(await prompts("prompt\na\nb\n")),
      name: "Mine",
      listed: false,
    });
    await newVersion({ ...(await prompts("prompt\na\nc\n")), slug });
  },
  "prompts.edit": () => archivePromptSet({ slug: "mine", by: operator }),
  "prompts.list": () => listPromptSet({ slug: "mine", listed: true, by: operator }),
  "prompts.retire": () => retirePrompts({ board: arena.board, indices: [3] }),
  "references.add": reference,
  "references.remove": async () => removeReference({ referenceId: await reference(), by: operator }),
  "references.use": async () => {
    const id = await reference();
    await database.db.referenceSet.update({ where: { id }, data: { scoresDistance: true } });
    await database.db.$transaction((tx) => retireReference({ referenceId: id, by: operator }, tx));
  },
  "judges.add": () => judge(null),
  "judges.change": async () => {
    const { judgeId } = await judge(null);
    await changeJudge({ judgeId, change: { budgetUsd: 5 }, by: operator });
    await changeJudge({ judgeId, change: { action: "pause" }, by: operator });
    await changeJudge({ judgeId, change: { action: "resume" }, by: operator });
    await removeJudge({ judgeId, by: operator });
  },
  "judges.admit": async () =>
    admitJudge({ judgeId: (await judge(voterId)).judgeId, admitted: true, by: operator }),
  "keys.rotate": () => rotateKeys({}, database.db),
  "keys.drop": async () => {
    await rotateKeys({}, database.db);
    await dropKeys({ now: Date.now() + SETTLED_MS }, database.db);
  },
  "models.submit": () => submit("Another one"),
  "models.change": async () => {
    await withdrawModel({ slug: runs.submitted, voterId });
    await removeModel({ slug: await submit("One to remove"), by: by() });
  },
  "models.hide": async () => {
    await hideModel({ slug: arena.models[0].slug, by: "operator" });
    await showModel({ slug: arena.models[0].slug, by: "operator" });
  },
  "models.list": async () => {
    await hideModel({ slug: arena.models[1].slug, by: "operator" });
  },
  "models.review": async () => {
    await rejectModel({ slug: runs.published, reason: "not yet", by: "operator" });
    await approveModel({ slug: runs.published, by: "operator" });
  },
  "samples.report": () => reportOne(),
  "samples.moderate": async () => {
    const { id } = await database.db.sample.findFirstOrThrow({
      where: { model: { slug: arena.models[2].slug } },
    });
    await setSampleState({ sampleId: id, state: "held", reason: "other", by: operator, now: new Date() });
  },
  "runs.start": () =>
    startAnotherRun({
      slug: runs.submitted,
      wanted: runRequest.parse({ board: board.slug }),
      by: by(),
    }),
  "runs.control": async () => {
    const run = await database.db.run.findFirstOrThrow({ where: { model: { slug: runs.published } } });
    await database.db.run.update({ where: { id: run.id }, data: { listsModel: false } });
    await publishModel({ runId: run.id, voterId });
    const { id: runId } = await database.db.run.findFirstOrThrow({
      where: { model: { slug: runs.submitted } },
    });
    await cancelRun({ runId, voterId });
    await resumeRun({ runId, voterId });
    const events = await database.db.auditEvent.findMany({
      where: { action: "runs.control", subjectId: runId },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ after }) => after)).toEqual([{ state: "CANCELLED" }, { state: "GENERATING" }]);
  },
  "runs.share": async () => {
    const { id: runId } = await database.db.run.findFirstOrThrow({
      where: { model: { slug: runs.published } },
    });
    const { path, id } = await createRunLink({
      runId,
      by: by(),
      link: { label: "", days: 30 },
      now: Date.now(),
    });
    secrets.push(path.split("/").at(-1)!);
    await revokeRunLink({ runId, by: by(), link: id });
  },
  "webhooks.add": () => hook(`${images.origin}/${HOOK}`),
  "webhooks.change": async () => {
    const id = await hook(`${images.origin}/${HOOK}`);
    secrets.push((await rotateWebhookSecret({ id, by: operator, now: Date.now() })).secret);
    await deleteWebhook({ id, by: operator });
  },
  "settings.change": () => changeSettings({ change: { anonymousVoting: false }, by: operator }),
  "tokens.manage": async () => {
    const wanted = { name: "of a friend", scopes: ["vote" as const], days: null };
    const { token, view } = await createToken({ wanted, voterId, now: Date.now() });
    secrets.push(token);
    await revokeToken({ id: view.id, voterId, now: Date.now() });
  },
  "storage.manage": () => requestStorage({ action: "measure", by: operator }),
  "queue.manage": async () => {
    const [job] = await database.db.$queryRaw<[{ id: string }]>`
      select id::text from graphile_worker.add_job('advance-run', '{"runId":"x"}')`;
    await database.db.$executeRaw`
      update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no' where id = ${job.id}::bigint`;
    await changeQueue({ change: { action: "retry", job: job.id }, by: operator });
  },
  "votes.exclude": exclude,
  "votes.include": async () => includeVotes({ voteIds: [await exclude()], voters: [] }),
  "votes.hold": async () => {
    const held = await voted();
    const { id: quarantineId } = await database.db.quarantine.create({
      data: {
        id: newId("quarantine"),
        boardId: held.boardId,
        rule: "speed",
        groupKind: "VOTER",
        evidence: {},
      },
    });
    const holds = new Map([[held.voterId, { quarantineId, reason: "too fast" }]]);
    const one = Prisma.sql`v.id = ${held.id}`;
    await database.db.$transaction((tx) =>
      changeVotes(one, { to: "QUARANTINED", holds }, { dryRun: false }, tx),
    );
  },
  "votes.import": () =>
    importVotes({
      board: arena.board,
      source: {
        name: "log.csv",
        open: async function* () {
          yield Buffer.from("model_a,model_b,winner\nelsewhere-1,elsewhere-2,model_a\n");
        },
      },
    }),
};

test("every action of the access table is recorded, or is known not to be", () => {
  const known = [...Object.keys(UNRECORDED), ...Object.keys(DOING)].sort();
  expect(known).toEqual([...Object.keys(ACTIONS), ...OWN_ACTIONS].sort());
});

test.each(Object.entries(DOING))("%s leaves an event", async (action, act) => {
  const before = await database.db.auditEvent.count({ where: { action } });
  await act();
  expect(await database.db.auditEvent.count({ where: { action } })).toBeGreaterThan(before);
});

test("nothing that is secret is in the log after all that, and its chain holds", async () => {
  const events = await database.db.auditEvent.findMany();
  const text = JSON.stringify(events, (_, value) => (typeof value === "bigint" ? String(value) : value));
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).not.toContain("example.org");
  expect((await verifyChain({}, database.db)).broken).toBeNull();
});

test("a request's event has its account, or its token, and the hash of its address, which is not in clear", async () => {
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const wanted = { name: "n", scopes: ["admin" as const], days: null };
  const { token, view } = await createToken({ wanted, voterId, now: Date.now() });
  const asked = request("POST", "/api/v1/settings", { body: { anonymousPrompts: false } });
  asked.headers.set("authorization", `Bearer ${token}`);
  asked.headers.set("x-forwarded-for", "203.0.113.77");
  expect((await postSettings(asked)).status).toBe(200);
  const [event] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(event).toMatchObject({ action: "settings.change", actor: "TOKEN", actorId: view.id });
  expect(event.addressHash).toMatch(/^[\w-]{22}$/);
  // By a cookie alone they are no account.
  expect((await postToken(request("POST", "/x", { body: wanted, cookie }))).status).toBe(401);
});

/** What an archive holds, its compressed members unpacked. */
async function contentsOf(file: string): Promise<string> {
  const texts: string[] = [];
  await readMembers(file, async (name, body) => {
    const bytes = Buffer.concat(await body.toArray());
    texts.push(name, (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("latin1"));
  });
  return texts.join("\n");
}

test("no key, token, password or secret stands in any table, log, answer or backup, in clear, hexadecimal or base64", async () => {
  // An endpoint that quotes the key it refuses, to a worker that logs all it can.
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  images.answer = (response, body, { headers }) =>
    apiError(401, "invalid_api_key", `Wrong key: ${headers.authorization}`)(response, body, {} as never);
  const slug = await submit("One whose key is refused");
  const worker = await startWorker(database.db, database.url, log);
  const failed = () => database.db.sampleFailure.count({ where: { run: { model: { slug } } } });
  await expect.poll(failed, { timeout: 40_000 }).toBeGreaterThan(0);
  await worker.stop();
  // What those who own all this are answered.
  const { token } = await createToken({ wanted: { name: "n", scopes: [...SCOPES], days: null }, voterId, now: Date.now() }); // prettier-ignore
  secrets.push(token);
  const cookie = await signIn(database.db, userId);
  const asked = () => request("GET", "/x", { cookie });
  const [run, at] = [await database.db.run.findFirstOrThrow({ where: { model: { slug } } }), (params: object) => ({ params: Promise.resolve(params) as Promise<never> })]; // prettier-ignore
  const answers = await Promise.all([
    getRun(asked(), at({ runId: run.id })),
    getModel(asked(), at({ slug })),
    getRunLinks(asked(), at({ runId: run.id })),
    getJudges(asked()),
    getWebhooks(asked()),
    getTokens(asked()),
    getSettings(asked()),
    getAudit(asked()),
    getHealth(),
  ]);
  const folder = mkdtempSync(path.join(tmpdir(), "salon-secrets-"));
  const file = path.join(folder, "salon.tar");
  await writeBackup({ file, artifacts: true, secret: false, force: false }, database.url);
  const places = {
    database: await everyRow(database.db),
    logs: logged.join(""),
    answers: (await Promise.all(answers.map((answer) => answer.text()))).join("\n"),
    backup: await contentsOf(file),
  };
  rmSync(folder, { recursive: true });
  expect(secrets.length).toBeGreaterThan(8);
  // What is looked through holds what is no secret, so that a look that finds nothing has looked.
  for (const [place, text] of Object.entries(places))
    expect(text.includes(place === "logs" ? "level" : run.id), place).toBe(true);
  expect(places.database).toContain("[key]");
  // A webhook's address stands as its owner gave it: it is asked for with every delivery.
  for (const secret of secrets.filter((each) => each !== HOOK))
    for (const form of formsOf(secret))
      for (const [place, text] of Object.entries(places))
        expect(text.includes(form), `${place}: ${form}`).toBe(false);
}, 120_000);
