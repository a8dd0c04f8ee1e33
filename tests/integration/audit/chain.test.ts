import { beforeEach, describe, expect, test } from "vitest";
import { recordChange, type Change } from "@/lib/audit/record-change";
import { verifyChain } from "@/lib/audit/verify-chain";
import { listEvents } from "@/lib/audit/list-events";
import { eraseAddressHashes } from "@/lib/votes/erase-address-hashes";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

/** Whoever owns the server may always do this; the log must tell of it. */
const behindItsBack = (statement: string) =>
  database.db.$transaction([
    database.db.$executeRawUnsafe("set local session_replication_role = replica"),
    database.db.$executeRawUnsafe(statement),
  ]);

const change = (more: Partial<Change> = {}): Change => ({
  by: "operator",
  action: "boards.edit",
  subject: { kind: "board", id: "brd_1", label: "Spring" },
  before: { name: "Winter", size: 10 },
  after: { name: "Spring", size: 10 },
  ...more,
});
const record = (more?: Partial<Change>) => database.db.$transaction((tx) => recordChange(tx, change(more)));

beforeEach(async () => {
  await behindItsBack("delete from audit_events");
});

describe("the audit log", () => {
  test("keeps the fields that changed, and who changed them", async () => {
    await record();
    const { events } = await listEvents({ filter: {}, limit: 10 }, database.db);
    expect(events).toEqual([
      expect.objectContaining({
        id: "1",
        actor: "operator",
        before: { name: "Winter" },
        after: { name: "Spring" },
      }),
    ]);
  });

  test("records nothing where nothing changed", async () => {
    await record({ after: { name: "Winter", size: 10 } });
    expect(await database.db.auditEvent.count()).toBe(0);
  });

  test.each([
    ["an event is changed", "update audit_events set subject = 'Autumn'"],
    ["an event is removed", "delete from audit_events"],
    ["all are removed", "truncate audit_events"],
    ["an address's hash is put in", "update audit_events set address_hash = 'x'"],
  ])("refuses it when %s", async (_, statement) => {
    await record();
    await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(/only grows/);
    expect(await verifyChain({}, database.db)).toMatchObject({ events: 1, broken: null });
  });

  test.each([
    ["altered", "update audit_events set after = '{\"name\": \"Other\"}' where id = 2", "2", /as it was written/], // prettier-ignore
    ["given another actor", "update audit_events set actor = 'USER' where id = 2", "2", /as it was written/],
    ["altered with its hash", "update audit_events set subject = 'x', hash = repeat('a', 64) where id = 3", "3", /as it was written/], // prettier-ignore
    ["removed", "delete from audit_events where id = 2", "3", /event 2 before it is missing/],
    [
      "taken from the beginning",
      "delete from audit_events where id = 1",
      "2",
      /event 1 before it is missing/,
    ],
    ["swapped", "update audit_events set prev_hash = hash where id = 2", "2", /does not follow/],
  ])("finds an event that was %s behind its back", async (_, statement, id, why) => {
    for (let k = 0; k < 4; k += 1) await record();
    await behindItsBack(statement);
    const { broken } = await verifyChain({}, database.db);
    expect(broken).toEqual({ id, why: expect.stringMatching(why) });
  });

  test("finds that its end was cut off by a hash that was kept", async () => {
    await record();
    await record();
    const { hash } = await verifyChain({}, database.db);
    await record();
    expect((await verifyChain({ expected: hash }, database.db)).broken).toBeNull();
    await behindItsBack("delete from audit_events where id > 1");
    expect((await verifyChain({}, database.db)).broken).toBeNull();
    expect((await verifyChain({ expected: hash }, database.db)).broken?.why).toMatch(/cut off/);
  });

  test("is one unbroken chain after 20 transactions at once that lock the same rows before and after", async () => {
    const changing = Array.from({ length: 20 }, (_, k) =>
      database.db.$transaction(
        async (tx) => {
          const one = { by: "system", subject: { kind: "board", id: `brd_${k}`, label: `${k}` } } as const;
          await recordChange(tx, change(one));
          // Were the log locked from the first event on, these would wait for each other crosswise.
          await tx.$executeRaw`select pg_advisory_xact_lock(${k % 2})`;
          await recordChange(tx, change(one));
        },
        { timeout: 60_000, maxWait: 60_000 },
      ),
    );
    await Promise.all(changing);
    expect(await verifyChain({}, database.db)).toMatchObject({ events: 40, broken: null });
  });

  test("has no event of a change that was rolled back, and no gap in its place", async () => {
    const undone = database.db.$transaction(async (tx) => {
      await recordChange(tx, change());
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await record();
    expect(await verifyChain({}, database.db)).toMatchObject({ events: 1, broken: null });
    expect(await database.db.auditDraft.count()).toBe(0);
  });

  test("forgets addresses' hashes when their time is over, and still holds together", async () => {
    const via = { userId: "usr_1", tokenId: null, addressHash: "hash-of-an-address" };
    await record({ by: { voterId: null, via } });
    await eraseAddressHashes(database.db, Date.now());
    expect((await database.db.auditEvent.findFirstOrThrow()).addressHash).toBe("hash-of-an-address");
    await eraseAddressHashes(database.db, Date.now() + 366 * 24 * 3_600_000);
    const event = await database.db.auditEvent.findFirstOrThrow();
    expect(event).toMatchObject({ actor: "USER", actorId: "usr_1", addressHash: null });
    expect((await verifyChain({}, database.db)).broken).toBeNull();
  });

  test("is read page by page, by action, actor, subject and days", async () => {
    await record();
    await record({
      action: "judges.add",
      by: { voterId: "vot_1" },
      subject: { kind: "judge", id: "j", label: "J" },
    });
    await record({ by: "system" });
    const list = (filter: object, before?: string) =>
      listEvents({ filter, before, limit: 2 }, database.db).then(({ events, next }) => [
        events.map(({ id }) => id),
        next,
      ]);
    expect(await list({})).toEqual([["3", "2"], "2"]);
    expect(await list({}, "2")).toEqual([["1"], null]);
    expect(await list({ action: "judges.add" })).toEqual([["2"], null]);
    expect(await list({ actor: "system" })).toEqual([["3"], null]);
    expect(await list({ actor: "vot_1" })).toEqual([["2"], null]);
    expect(await list({ subject: "Spring" })).toEqual([["3", "1"], null]);
    expect(await list({ since: "2000-01-01", until: "2000-01-02" })).toEqual([[], null]);
  });
});
