import { expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { applyMigrations } from "@/lib/db/migrate";
import { enqueue } from "@/lib/queue/enqueue";
import { useTestDatabase } from "../../support/test-database";

const test_ = useTestDatabase();

test("migrations make a database that the client can use, and applying them again does nothing", async () => {
  expect(await applyMigrations(test_.url)).toEqual([]);
  const voter = await test_.db.voter.create({ data: { id: newId("voter") } });
  expect(await test_.db.voter.count({ where: { id: voter.id } })).toBe(1);
});

test("a job enqueued in a transaction that fails does not exist", async () => {
  const work = test_.db.$transaction(async (tx) => {
    await enqueue("refit-ratings", { boardId: "brd_000000" }, { key: "refit:brd_000000" }, tx);
    throw new Error("rolled back");
  });
  await expect(work).rejects.toThrow("rolled back");
  const count = () => test_.db.$queryRaw<{ n: bigint }[]>`select count(*) as n from graphile_worker.jobs`;
  expect((await count())[0].n).toBe(0n);
  const key = "refit:brd_000000";
  await enqueue("refit-ratings", { boardId: "brd_000000" }, { key }, test_.db);
  await enqueue("refit-ratings", { boardId: "brd_000000" }, { key }, test_.db);
  expect((await count())[0].n).toBe(1n);
});

test("what a deleted prompt, sample, artifact or voter leaves behind is found by an index", async () => {
  // These are never deleted.
  const stays = ["models", "boards", "prompt_sets", "vote_imports", "judges"];
  const slow = await test_.db.$queryRaw<{ name: string }[]>`
    select c.conname::text as name from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
      and not (select relname::text from pg_class where oid = c.confrelid) = any (${stays})
      and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`;
  expect(slow).toEqual([]);
});
