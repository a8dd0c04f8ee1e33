import { beforeAll, expect, test } from "vitest";
import { OWNING_COLUMNS, tieVoter } from "@/lib/accounts/tie-voter";
import { readAccount } from "@/lib/accounts/read-account";
import { thinBattles } from "@/lib/battles/thin-battles";
import { newId } from "@/lib/db/new-id";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { battleFor, makeArena, vote } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

async function makeUser() {
  const id = newId("user");
  await database.db.user.create({ data: { id, name: "Ada", email: `${id}@example.org` } });
  return id;
}

const newVisitor = async () => (await ensureVoter(null, database.db)).voterId;
const cookieOf = async (voterId: string) => `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;

/** One of everything that somebody can own. */
async function own(voterId: string, boardId: string) {
  const { db } = database;
  const [model, set, board] = [newId("model"), newId("promptSet"), newId("board")];
  await db.model.create({
    data: {
      id: model,
      slug: model,
      name: model,
      creator: "",
      modality: "TEXT_TO_IMAGE",
      submitterId: voterId,
    },
  });
  await db.promptSet.create({ data: { id: set, slug: set, name: set, ownerId: voterId } });
  await db.board.create({
    data: {
      id: board,
      slug: board,
      name: board,
      description: "",
      modality: "TEXT_TO_IMAGE",
      promptSetId: set,
      ownerId: voterId,
    },
  });
  await db.boardGuest.create({ data: { boardId, voterId, role: "SUBMITTER" } });
}

const owned = async (voterId: string) => ({
  models: await database.db.model.count({ where: { submitterId: voterId } }),
  sets: await database.db.promptSet.count({ where: { ownerId: voterId } }),
  boards: await database.db.board.count({ where: { ownerId: voterId } }),
  guest: await database.db.boardGuest.findMany({ where: { voterId }, select: { role: true } }),
});

test("the first sign-in makes the browser's visitor the account's voter, whose cookie then names nobody", async () => {
  const [userId, visitorId] = [await makeUser(), await newVisitor()];
  expect((await readAccount(await cookieOf(visitorId))).voterId).toBe(visitorId);
  expect(await tieVoter({ userId, visitorId })).toBe(visitorId);
  expect(await readAccount(await cookieOf(visitorId))).toEqual({ voterId: null, userId: null, role: null });
  // Another account gets a voter of its own.
  const other = await tieVoter({ userId: await makeUser(), visitorId });
  expect(other).not.toBe(visitorId);
});

test("two accounts that sign in with one visitor at once: one of them gets it", async () => {
  const visitorId = await newVisitor();
  const users = await Promise.all([makeUser(), makeUser(), makeUser(), makeUser()]);
  const voters = await Promise.all(users.map((userId) => tieVoter({ userId, visitorId })));
  expect(new Set(voters).size).toBe(4);
  expect(voters.filter((voterId) => voterId === visitorId)).toHaveLength(1);
});

test("what a later visitor made moves to the account, their votes stay where snapshots counted them", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 6 });
  const userId = await makeUser();
  const voterId = await tieVoter({ userId, visitorId: null });
  await db.boardGuest.create({ data: { boardId: arena.boardId, voterId, role: "VOTER" } });
  const visitorId = await newVisitor();
  await own(visitorId, arena.boardId);
  for (let i = 0; i < 4; i++) await vote(db, await battleFor(db, arena, visitorId), "left");
  const [snapshot] = (await refitRatings(arena.boardId, db)).snapshotIds;
  const before = await verifyStoredSnapshot(snapshot, db);
  expect(before).toMatchObject({ ok: true, votes: 4 });

  expect(await tieVoter({ userId, visitorId })).toBe(voterId);
  expect(await owned(voterId)).toEqual({ models: 1, sets: 1, boards: 1, guest: [{ role: "SUBMITTER" }] });
  expect(await owned(visitorId)).toEqual({ models: 0, sets: 0, boards: 0, guest: [] });
  expect(await db.vote.count({ where: { voterId: visitorId } })).toBe(4);
  expect(await db.voter.findUnique({ where: { id: visitorId } })).toMatchObject({ mergedIntoId: voterId });
  expect(await verifyStoredSnapshot(snapshot, db)).toEqual(before);

  // The visitor's cookie, wherever it was copied to, is worth nothing; what was under way meanwhile comes after.
  expect((await readAccount(await cookieOf(visitorId))).voterId).toBeNull();
  await own(visitorId, (await makeArena(db, { models: 2, prompts: 2 })).boardId);
  await tieVoter({ userId, visitorId: null });
  expect((await owned(visitorId)).models).toBe(0);
  expect((await owned(voterId)).models).toBe(2);
});

test("an account's voter stays when it has neither battles nor votes", async () => {
  const { db } = database;
  const voterId = await tieVoter({ userId: await makeUser(), visitorId: null });
  await db.voter.update({ where: { id: voterId }, data: { createdAt: new Date(0) } });
  await thinBattles(db, Date.now());
  expect(await db.voter.count({ where: { id: voterId } })).toBe(1);
});

test("a comparison and an invitation to one go to the account with the visitor", async () => {
  const { db } = database;
  const userId = await makeUser();
  const voterId = await tieVoter({ userId, visitorId: null });
  const { voterId: visitorId } = await ensureVoter(null, db);
  const [own, other] = [newId("comparison"), newId("comparison")];
  await db.comparison.createMany({
    data: [
      { id: own, ownerId: visitorId, name: "Own" },
      { id: other, ownerId: newId("voter"), name: "Another's" },
    ],
  });
  await db.comparisonGuest.create({ data: { comparisonId: other, voterId: visitorId } });
  await tieVoter({ userId, visitorId });
  expect(await db.comparison.findUnique({ where: { id: own } })).toMatchObject({ ownerId: voterId });
  expect(await db.comparisonGuest.findMany({ where: { comparisonId: other } })).toMatchObject([{ voterId }]);
});

test("every column that names an owner is one that moves", async () => {
  const columns = await database.db.$queryRaw<{ table: string; column: string }[]>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and column_name in ('owner_id', 'submitter_id', 'voter_id')`;
  const stay = [
    ...["battles.voter_id", "votes.voter_id", "users.voter_id", "board_guests.voter_id"],
    // Kept for a day.
    "connection_probes.voter_id",
    // Of accounts alone.
    ...["api_tokens.voter_id", "settings.voter_id"],
    ...["comparison_guests.voter_id", "comparison_votes.voter_id", "sample_reports.voter_id"],
  ];
  expect(columns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    [...stay, ...OWNING_COLUMNS.map(([table, column]) => `${table}.${column}`)].sort(),
  );
});
