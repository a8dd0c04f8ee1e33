import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exportVotes } from "@/lib/votes/export-votes";
import { importVotes } from "@/lib/votes/import-votes";
import { voteLogColumns } from "@/lib/ratings/log/write-vote-log";
import type { Db } from "@/lib/db/client";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const copy = useTestDatabase();

const importText = (db: Db, arena: Arena, text: string, options = {}) =>
  db.$transaction(
    (tx) =>
      importVotes(
        {
          board: arena.board,
          source: {
            name: "log.csv",
            options,
            open: async function* () {
              yield Buffer.from(text);
            },
          },
        },
        tx,
      ),
    { timeout: 60_000 },
  );

async function exported(db: Db, arena: Arena, format: "csv" | "jsonl"): Promise<string> {
  let text = "";
  for await (const piece of await exportVotes({ board: arena.board, format }, db)) text += piece;
  return text;
}

test("an exported log tells models by their names, with slugs beside, and reads back as the same models", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 2 });
  const log = await readFile(
    fileURLToPath(new URL("../../fixtures/votes-export-names/log.csv", import.meta.url)),
    "utf8",
  );
  await importText(database.db, arena, log);
  const text = await exported(database.db, arena, "csv");
  expect(text.split("\n")[0]).toBe(
    voteLogColumns()
      .map(({ name }) => name)
      .join(","),
  );
  const pairs = text.split("\n").slice(1, 4).map((line) => line.split(",").slice(0, 3)); // prettier-ignore
  expect(pairs).toEqual([
    ["日本", "中国", "model_a"],
    ["中国", "Модель", "model_a"],
    ["Модель", "日本", "tie"],
  ]);
  const known = await importText(database.db, arena, text);
  expect(known.newModels).toEqual([]);
  const elsewhere = await makeArena(copy.db, { models: 0, prompts: 2 });
  expect((await importText(copy.db, elsewhere, text)).newModels).toEqual(["Модель", "中国", "日本"]);
});

test("models that share a name keep apart, with their slugs in the name", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 2 });
  const { models } = arena;
  const ids = models.map(({ id }) => id);
  await database.db.model.updateMany({ where: { id: { in: ids } }, data: { name: "Twin" } });
  const [first, second] = models.map(({ slug }) => slug);
  await importText(database.db, arena, `model_a,model_b,winner,slug_a,slug_b\n${first},${second},tie,,\n`);
  const text = await exported(database.db, arena, "jsonl");
  expect(JSON.parse(text.split("\n")[0])).toMatchObject({
    model_a: `Twin (${first})`,
    model_b: `Twin (${second})`,
    slug_a: first,
    slug_b: second,
  });
  expect((await importText(database.db, arena, text)).newModels).toEqual([]);
  expect(await database.db.vote.count({ where: { leftModelId: ids[0], rightModelId: ids[1] } })).toBe(2);
});

test("votes cast with the names in sight are stored as left out, and counted when told", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 2 });
  const text = "model_a,model_b,winner,anony\nP 1,P 2,model_a,True\nP 1,P 2,model_a,False\n";
  expect((await importText(database.db, arena, text)).excluded).toEqual([
    { reason: "names shown", votes: 1 },
  ]);
  expect((await importText(database.db, arena, `${text}\n`, { countShownNames: true })).excluded).toEqual([]);
});

test("a time that may mean two days is refused with its line", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 2 });
  const text = "model_a,model_b,winner,tstamp\nQ 1,Q 2,tie,2023-05-02\nQ 1,Q 2,tie,05/02/2023\n";
  await expect(importText(database.db, arena, text)).rejects.toThrow(/line 3: "05\/02\/2023" is no time/);
});
