import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as getVotes } from "@/app/api/v1/votes/route";
import { POST as postChange } from "@/app/api/v1/votes/changes/route";
import { GET as getHeld } from "@/app/api/v1/votes/quarantines/route";
import { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { JOBS } from "@/lib/queue/jobs";
import type { HeldVotes, VotePage } from "@/lib/schemas/administration/vote-admin";
import { changeVotes } from "@/lib/votes/change-votes";
import { checkElo } from "@/lib/votes/check-elo";
import { listVotes } from "@/lib/votes/list-votes";
import { changeRequestedVotes } from "@/lib/votes/request-vote-change";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { battleFor, makeArena, ticketOf, vote, type Arena } from "../../support/arena-fixture";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let curator: { cookie: string; userId: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await addAccount(database.db, "OWNER");
  const { userId } = await addAccount(database.db, "CURATOR");
  curator = { userId, cookie: await signIn(database.db, userId) };
});
beforeEach(async () => {
  arena = await makeArena(database.db, { models: 3, prompts: 4 });
});

/** Votes of one new voter. */
async function cast(count: number) {
  let voterId: string | null = null;
  for (let i = 0; i < count; i++) {
    const battle = await battleFor(database.db, arena, voterId);
    ({ voterId } = ticketOf(battle));
    await vote(database.db, battle, "left");
  }
  return voterId!;
}
const list = async (query: Record<string, string> = {}, cookie = curator.cookie) =>
  getVotes(
    request("GET", `/api/v1/votes?${new URLSearchParams({ board: arena.board, ...query }).toString()}`, {
      cookie,
    }),
  );
const listed = async (query: Record<string, string> = {}) => (await (await list(query)).json()) as VotePage;
const ask = (body: object, cookie = curator.cookie) =>
  postChange(request("POST", "/api/v1/votes/changes", { body, cookie }));

/** Do what was asked for, as the worker does. */
async function work() {
  const jobs = await database.db.$queryRaw<{ id: bigint; payload: unknown }[]>`
    select j.id, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'change-votes' order by j.id`;
  for (const { id, payload } of jobs) {
    const job = JOBS["change-votes"].payload.parse(payload);
    await changeRequestedVotes(job, database.db);
    // A worker that was killed before it said so does it twice.
    await changeRequestedVotes(job, database.db);
    await database.db.$executeRaw`delete from graphile_worker._private_jobs where id = ${id}`;
  }
}

describe("a curator leaves votes out and counts them again", () => {
  test("one vote, with its reason, under the curator's name in the audit log; and Elo is what the log makes", async () => {
    await cast(2);
    const [{ voteId }] = (await listed()).votes;
    expect((await ask({ to: "excluded", votes: [voteId], reason: "a test" })).status).toBe(200);
    // Nothing is reckoned while the request waits.
    expect((await listed({ status: "excluded" })).votes).toEqual([]);
    await work();
    expect((await listed({ status: "excluded" })).votes).toMatchObject([
      { voteId, status: "excluded", reason: "a test" },
    ]);
    expect((await checkElo(arena.boardId)).differences).toEqual([]);
    const events = await database.db.auditEvent.findMany({
      where: { subjectId: arena.boardId, action: "votes.exclude" },
    });
    expect(events).toMatchObject([{ actor: "USER", actorId: curator.userId }]);

    await ask({ to: "counted", votes: [voteId] });
    await work();
    expect((await listed({ status: "counted" })).votes).toHaveLength(2);
    expect((await checkElo(arena.boardId)).differences).toEqual([]);
  });

  test("all of a voter, and nobody else's", async () => {
    const [first, second] = [await cast(3), await cast(2)];
    await ask({ to: "excluded", voters: [first], board: arena.board, reason: "a bot" });
    await work();
    expect((await listed({ voter: first })).votes.map(({ status }) => status)).toEqual(
      Array(3).fill("excluded"),
    );
    expect((await listed({ voter: second })).votes.map(({ status }) => status)).toEqual(
      Array(2).fill("counted"),
    );
    // Undone for that reason alone.
    await ask({ to: "counted", voters: [first], board: arena.board, reason: "another" });
    await work();
    expect((await listed({ status: "excluded" })).votes).toHaveLength(3);
    await ask({ to: "counted", voters: [first], board: arena.board, reason: "a bot" });
    await work();
    expect((await listed({ status: "excluded" })).votes).toEqual([]);
  });

  test("those that a rule holds back", async () => {
    const voterId = await cast(2);
    const { id } = await database.db.quarantine.create({
      data: {
        id: newId("quarantine"),
        boardId: arena.boardId,
        rule: "speed",
        groupKind: "VOTER",
        groupKey: voterId,
        evidence: { median: 0.4 },
      },
    });
    const holds = new Map([[voterId, { quarantineId: id, reason: "too fast" }]]);
    await database.db.$transaction((tx) =>
      changeVotes(Prisma.sql`v.voter_id = ${voterId}`, { to: "QUARANTINED", holds }, { dryRun: false }, tx),
    );
    const held = async () => {
      const response = await getHeld(request("GET", "/x", { cookie: curator.cookie }));
      return ((await response.json()) as { quarantines: HeldVotes[] }).quarantines.filter(
        (each) => each.id === id,
      );
    };
    expect(await held()).toMatchObject([
      { votes: 2, group: "voter", voter: voterId, reason: "too fast", evidence: { median: 0.4 } },
    ]);
    await ask({ to: "counted", quarantines: [id] });
    await work();
    expect(await held()).toEqual([]);
    expect((await listed({ status: "counted" })).votes).toHaveLength(2);
  });
});

test("the list is by board, voter, model, days and standing, and its pages have each vote once", async () => {
  await cast(4);
  const voter = await cast(2);
  const day = new Date().toISOString().slice(0, 10);
  const [model] = arena.models;
  const all = (await listed()).votes;
  expect(all).toHaveLength(6);
  expect((await listed({ voter })).votes).toHaveLength(2);
  expect(
    (await listed({ model: model.slug })).votes.every(({ left, right }) =>
      [left.slug, right.slug].includes(model.slug),
    ),
  ).toBe(true);
  expect((await listed({ since: day, until: day })).votes).toHaveLength(6);
  expect((await listed({ since: "2099-01-01" })).votes).toEqual([]);
  const at = all[2];
  const rest = await listVotes(
    { filter: { board: arena.board }, before: `${at.at}_${at.voteId}` },
    database.db,
  );
  expect(rest.votes.map(({ voteId }) => voteId)).toEqual(all.slice(3).map(({ voteId }) => voteId));
});

test("a voter's own prompt is told to nobody", async () => {
  await cast(1);
  await database.db.prompt.updateMany({ where: { id: { in: arena.promptIds } }, data: { category: "live" } });
  expect((await listed()).votes[0].prompt).toBeNull();
});

test.each([
  ["no reason", { to: "excluded", votes: ["vot_x"] }, "reason"],
  ["too long a reason", { to: "excluded", votes: ["vot_x"], reason: "x".repeat(81) }, "reason"],
  ["no votes", { to: "counted" }, "votes"],
  ["an empty list", { to: "counted", votes: [] }, "votes"],
  ["what is no id", { to: "counted", voters: ["a pseudonym"] }, "voters.0"],
])("a change with %s is refused at its field", async (_name, body, field) => {
  await expectError(await ask(body), 400, "invalid_request", field);
});

test("a vote that is not there is told at once, and asks for nothing", async () => {
  await expectError(await ask({ to: "counted", votes: ["vot_nothing"] }), 404, "not_found");
  await expectError(await list({}, ""), 401, "unauthorised");
  await expectError(await list({ before: "x" }), 400, "invalid_request", "before");
});
