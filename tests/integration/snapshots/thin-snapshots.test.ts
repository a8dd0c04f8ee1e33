import { expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { makeId, timeOfId } from "@/lib/ids";
import { exportVotes } from "@/lib/votes/export-votes";
import { thinSnapshots } from "@/lib/snapshots/thin-snapshots";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const NOW = Date.UTC(2026, 10, 24, 21);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A snapshot of each age in milliseconds; ids by age. */
async function makeSnapshots(boardId: string, ages: number[], control = "", category = "") {
  const rows = ages.map((age) => ({ id: newId("snapshot"), age }));
  await database.db.ratingSnapshot.createMany({
    data: rows.map(({ id, age }) => ({
      id,
      boardId,
      category,
      control,
      methodology: "test",
      inputsHash: "",
      votes: 1,
      details: {},
      covariance: new Uint8Array(),
      createdAt: new Date(NOW - age),
    })),
  });
  return new Map(rows.map(({ id, age }) => [id, age]));
}

const kept = async (made: Map<string, number>) =>
  (await database.db.ratingSnapshot.findMany({ where: { id: { in: [...made.keys()] } } }))
    .map(({ id }) => made.get(id)!)
    .sort((x, y) => x - y);

test("all of a day stay, then the last of each hour for a week, then the last of each day; a second time changes nothing", async () => {
  const { db } = database;
  const { boardId } = await makeArena(db, { models: 1, prompts: 1 });
  const minutes = Array.from({ length: 12 * 24 * 6 }, (_, k) => 10 * k * MINUTE);
  const made = await makeSnapshots(boardId, minutes);
  expect(await thinSnapshots(db, NOW)).toBeGreaterThan(1000);
  const left = await kept(made);
  expect(left.filter((age) => age <= DAY)).toEqual(minutes.filter((age) => age <= DAY));
  const hours = left.filter((age) => age > DAY && age <= 7 * DAY);
  expect(hours).toHaveLength(6 * 24);
  for (const age of hours) expect((NOW - age) % HOUR).toBe(50 * MINUTE);
  const days = left.filter((age) => age > 7 * DAY);
  expect(new Set(days.map((age) => Math.floor((NOW - age) / DAY))).size).toBe(days.length);
  expect(days.length).toBeLessThanOrEqual(6);
  expect(await thinSnapshots(db, NOW)).toBe(0);
  expect(await kept(made)).toEqual(left);
});

test("the newest of each board, category and control stays, however old, and so does each first of a quiet day", async () => {
  const { db } = database;
  const { boardId } = await makeArena(db, { models: 1, prompts: 1 });
  const old = [400 * DAY, 400 * DAY + MINUTE, 400 * DAY + 2 * MINUTE];
  const series = [
    await makeSnapshots(boardId, old),
    await makeSnapshots(boardId, old, "style"),
    await makeSnapshots(boardId, old, "", "counting"),
  ];
  await thinSnapshots(db, NOW);
  for (const made of series) expect(await kept(made)).toEqual([400 * DAY]);
  // Young snapshots do not make the last one of an old hour any less kept.
  const mixed = await makeSnapshots(boardId, [MINUTE, 30.5 * HOUR, 30.5 * HOUR + MINUTE], "style", "colour");
  await thinSnapshots(db, NOW);
  expect(await kept(mixed)).toEqual([MINUTE, 30.5 * HOUR]);
});

test("whoever still has a link to one that was thinned out is told so, and which is the next one kept", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 1, prompts: 1 });
  const time = Date.now() - 3 * DAY;
  const gone = makeId("snapshot", time, new Uint8Array(12));
  expect(timeOfId(gone)).toBe(time);
  const next = newId("snapshot");
  await db.ratingSnapshot.create({
    data: {
      id: next,
      boardId: arena.boardId,
      methodology: "test",
      inputsHash: "",
      votes: 0,
      details: {},
      covariance: new Uint8Array(),
      createdAt: new Date(time + MINUTE),
    },
  });
  await expect(exportVotes({ board: arena.board, format: "csv", snapshot: gone }, db)).rejects.toThrow(
    new RegExp(`last of each hour is kept.*next one kept is ${next}`),
  );
  await expect(verifyStoredSnapshot(gone, db)).rejects.toMatchObject({ code: "not_found" });
  await expect(verifyStoredSnapshot("snp_x", db)).rejects.toThrow('There is no snapshot "snp_x".');
});
