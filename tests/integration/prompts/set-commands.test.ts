import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerPrompts } from "@/cli/prompts";
import { useDataFolder } from "../../support/evaluation-world";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const salon = salonCommand(registerPrompts);
let folder: string;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  folder = await mkdtemp(path.join(tmpdir(), "salon-prompts-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, text);
  return place;
}

test("a file is looked at, imported, shown, versioned, exported, archived and removed by command", async () => {
  const first = await file("cups.csv", "key,prompt,category\na,a cup,tea\nb,a boat,sea\n");
  const dry = await salon("prompts", "import", first, "--dry-run");
  expect(dry.out).toMatch(/csv: 2 prompts, 0 images\n[^]*Nothing was imported\./);
  expect(await database.db.promptSet.count()).toBe(0);

  expect((await salon("prompts", "import", first, "--name", "Cups", "--slug", "cups")).out).toBe(
    "cups, version 1: 2 prompts (2 new, 0 unchanged, 0 changed, 0 not in it any more).\n",
  );
  expect((await salon("prompts", "import", first, "--slug", "cups")).out).toMatch(
    /has all of these 2 prompts already/,
  );
  expect((await salon("prompts", "list")).out).toMatch(/^slug .*\ncups +Cups +1 +2 +2 +operator +listed\n$/);

  const second = await file("cups2.csv", "key,prompt,category\na,a cup,tea\nb,a ship,sea\n");
  const clash = await salon("prompts", "import", second, "--slug", "cups");
  expect({ code: clash.code, error: clash.error }).toMatchObject({
    code: 2,
    error: expect.stringMatching(/key b/),
  });
  expect((await salon("prompts", "import", second, "--slug", "cups", "--new-version")).out).toMatch(
    /^cups-v2, version 2: 2 prompts \(0 new, 1 unchanged, 1 changed/,
  );
  expect((await salon("prompts", "show", "cups-v2")).out).toMatch(/Cups, version 2: 2 prompts[^]*a ship/);

  const out = path.join(folder, "out.jsonl");
  await salon("prompts", "export", "cups-v2", out);
  expect((await readFile(out, "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line).prompt).sort()).toEqual(["a cup", "a ship"]); // prettier-ignore

  await salon("prompts", "archive", "cups-v2");
  expect((await salon("prompts", "list")).out).toBe("There are no prompt sets.\n");
  await salon("prompts", "archive", "cups-v2", "--undo");
  expect((await salon("prompts", "remove", "cups-v2")).out).toBe("Removed cups-v2.\n");
  expect((await salon("prompts", "list")).out).toMatch(/^slug .*\ncups /);
});

test("a folder of texts is a prompt a file; errors are listed by line, and leaving them out is a choice", async () => {
  await file("dpg/one.txt", "A long\ntext.");
  await file("dpg/two.txt", "Another.");
  expect((await salon("prompts", "import", path.join(folder, "dpg"), "--private")).out).toMatch(
    /^dpg, version 1: 2 /,
  );
  const bad = await file("bad.csv", "prompt,n\na,1\n,2\nb,3,4\n");
  const refused = await salon("prompts", "import", bad);
  expect(refused.code).toBe(2);
  expect(refused.error).toMatch(/error {2}.*line 3: There is no prompt\.[^]*line 4: The row has 3 fields[^]*Nothing was imported/); // prettier-ignore
  expect((await salon("prompts", "import", bad, "--skip-errors")).out).toMatch(
    /1 prompts .*2 errors were left out/,
  );
  const none = await salon("prompts", "import", path.join(folder, "nowhere.csv"));
  expect({ code: none.code, error: none.error }).toMatchObject({ code: 2, error: expect.stringMatching(/no file or folder/) }); // prettier-ignore
});
