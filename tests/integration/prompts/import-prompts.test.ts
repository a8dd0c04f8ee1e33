import { createHash } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collectArtifacts } from "@/lib/artifacts/collect-artifacts";
import { hasArtifact } from "@/lib/artifacts/store";
import { newId } from "@/lib/db/new-id";
import { seed } from "@/lib/installation/seed";
import { writeZip } from "@/lib/media/files/zip";
import type { Asker } from "@/lib/models/visibility";
import { archivePromptSet, listPromptSet, removePromptSet } from "@/lib/prompts/archive-prompt-set";
import { exportPromptSet } from "@/lib/prompts/export-prompt-set";
import { importPrompts } from "@/lib/prompts/import-prompts";
import { limitsOf } from "@/lib/prompts/import-limits";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { newVersion } from "@/lib/prompts/new-version";
import { previewPrompts } from "@/lib/prompts/preview-prompts";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { refuseArenaPrompt } from "@/lib/prompts/refuse-arena-prompt";
import { unpackPromptFiles } from "@/lib/prompts/unpack-prompt-files";
import { useDataFolder } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const operator: Asker = "operator";
let visitor: { voterId: string };

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  const { id } = await database.db.voter.create({ data: { id: newId("voter") } });
  visitor = { voterId: id };
});

const upload = (name: string, bytes: string | Uint8Array, by: Asker) =>
  unpackPromptFiles({ name, bytes: Buffer.from(bytes as Uint8Array) }, limitsOf(by));

async function bring(
  bytes: string | Uint8Array,
  options: { by?: Asker; file?: string; name?: string; into?: string; listed?: boolean; skip?: boolean } = {},
) {
  const { by = operator, file = "a.csv", name = "Mine", into, listed = false, skip = false } = options;
  return importPrompts({
    unpacked: await upload(file, bytes, by),
    name,
    into,
    listed,
    by,
    skipErrors: skip,
    arena: "all",
  });
}
const version = async (slug: string, text: string, by: Asker = operator) =>
  newVersion({ slug, unpacked: await upload("a.csv", text, by), by, skipErrors: false, arena: "half" });
const promptsOf = (slug: string) =>
  database.db.prompt.findMany({ where: { promptSet: { slug } }, orderBy: { index: "asc" } });
const textsOf = async (slug: string) => (await promptsOf(slug)).map(({ text }) => text);

const CSV = "key,prompt,category,tags\nk1,a cup,tea,one|two\nk2,a boat,sea,\nk3,a pot,tea,one\n";

describe("an import", () => {
  test("stores what the file says, in an order of which every prefix is balanced", async () => {
    const { slug, ...counts } = await bring(CSV, { name: "Cups & boats" });
    expect({ slug, ...counts }).toEqual({
      slug: "cups-boats",
      version: 1,
      prompts: 3,
      kept: 0,
      added: 3,
      changed: 0,
      removed: 0,
      leftOut: 0,
    });
    const rows = await promptsOf(slug);
    expect(rows.map(({ category }) => category)).toEqual(["tea", "sea", "tea"]);
    expect(rows.find(({ key }) => key === "k1")).toMatchObject({
      text: "a cup",
      tags: ["one", "two"],
      language: null,
      truth: null,
      metadata: null,
      arena: true,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("of the same file again into the same set adds nothing and says so; a longer one adds what is new", async () => {
    const { slug } = await bring(CSV);
    expect(await bring(CSV, { into: slug })).toMatchObject({ slug, added: 0, kept: 3, prompts: 3 });
    expect(await bring(`${CSV}k4,a ship,sea,\n`, { into: slug })).toMatchObject({
      added: 1,
      kept: 3,
      prompts: 4,
    });
    const rows = await promptsOf(slug);
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    await expect(bring("key,prompt\nk1,another\n", { into: slug })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("k1"),
    });
    expect(await textsOf(slug)).toHaveLength(4);
  });

  test("with an error stores nothing and names the first; told to leave errors out it stores the rest", async () => {
    const file = "key,prompt\nk1,a\nk1,b\nk2,\nk3,c\n";
    const before = await database.db.promptSet.count();
    await expect(bring(file)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/^line 3: The key k1 is taken already, at 2\. There are 2 errors/),
    });
    expect(await database.db.promptSet.count()).toBe(before);
    const { slug, leftOut } = await bring(file, { skip: true });
    expect(leftOut).toBe(2);
    expect(new Set(await textsOf(slug))).toEqual(new Set(["a", "c"]));
  });

  test("of 1,000 prompts takes far less than a minute, and of 30,000 too", async () => {
    for (const n of [1_000, 30_000]) {
      const lines = Array.from({ length: n }, (_, i) => `k${i},a cup number ${i},c${i % 7}`);
      const start = performance.now();
      const { slug, prompts } = await bring(`key,prompt,category\n${lines.join("\n")}\n`, { by: visitor });
      expect(prompts).toBe(n);
      expect(performance.now() - start).toBeLessThan(60_000);
      const page = await listSetPrompts({ slug, by: visitor, from: 0, limit: 50 });
      expect(page).toMatchObject({ total: n, next: 50 });
    }
    const tooMany = Array.from({ length: 30_001 }, (_, i) => `a cup number ${i}`).join("\n");
    await expect(bring(tooMany, { by: visitor, file: "a.txt" })).rejects.toMatchObject({
      message: expect.stringContaining("more than 30,000 prompts"),
    });
  });

  test("of an archive takes the images that prompts name, by path or by name, and keeps them while a prompt names them", async () => {
    const [one, two] = [await noisePng(16, 16, "one"), await noisePng(16, 16, "two")];
    const zip = writeZip([
      { name: "edit/table.jsonl", bytes: Buffer.from('{"key":"a","instruction":"add a hat","task_type":"add","input_image":"images/1.png"}\n{"key":"b","instruction":"cut","task_type":"cut","input_image":"2.png"}\n') },
      { name: "edit/images/1.png", bytes: one },
      { name: "edit/images/2.png", bytes: two },
      { name: "edit/readme.md", bytes: Buffer.from("hello") },
    ]); // prettier-ignore
    const { slug } = await bring(zip, { by: visitor, file: "edit.zip" });
    const hash = createHash("sha256").update(one).digest("hex");
    const rows = await promptsOf(slug);
    expect(rows.find(({ key }) => key === "a")!.sourceArtifacts).toEqual([hash]);
    await collectArtifacts(database.db, 0);
    expect(await hasArtifact(hash)).toBe(true);
    const exported = await textOf(exportPromptSet({ slug, by: visitor, format: "jsonl" }));
    const again = newVersion({ slug, unpacked: await upload("b.jsonl", exported, visitor), by: visitor, skipErrors: false, arena: "all" }); // prettier-ignore
    expect(await again).toMatchObject({ slug, kept: 2, added: 0 });
    await expect(bring(exported, { by: visitor, file: "b.jsonl" })).rejects.toThrow(/There is no image/);
    await removePromptSet({ slug, by: visitor });
    await collectArtifacts(database.db, 0);
    expect(await hasArtifact(hash)).toBe(false);
  });

  test("of an archive with a missing or broken image names it", async () => {
    const table = "prompt,source_image\na,1.png\nb,2.png\n";
    const zip = writeZip([
      { name: "t.csv", bytes: Buffer.from(table) },
      { name: "1.png", bytes: Buffer.from("no image") },
    ]);
    const preview = await previewPrompts({ unpacked: await upload("a.zip", zip, visitor), by: visitor });
    expect(preview.problems).toEqual([
      expect.objectContaining({ code: "image_unreadable", line: 2, column: "1.png" }),
      expect.objectContaining({ code: "image_missing", line: 3, value: "2.png" }),
    ]);
  });
});

describe("a preview", () => {
  test("says what an import would store, by category, and what a version would change; nothing is stored", async () => {
    const { slug } = await bring(CSV);
    const before = await database.db.prompt.count();
    const changed = "key,prompt,category\nk1,a cup,tea\nk2,a ship,sea\nk4,a fish,sea\n";
    const preview = await previewPrompts({
      unpacked: await upload("a.csv", changed, operator),
      by: operator,
      slug,
    });
    expect(preview).toMatchObject({
      format: "csv",
      prompts: 3,
      errors: 0,
      against: { kept: 1, changed: 1, added: 1, removed: 1 },
    });
    expect(preview.categories).toEqual([
      {
        name: "sea",
        count: 2,
        first: [{ key: "k2", text: "a ship", tags: [], sources: 0 }, expect.anything()],
      },
      { name: "tea", count: 1, first: [expect.objectContaining({ key: "k1" })] },
    ]);
    expect(await database.db.prompt.count()).toBe(before);
  });
});

describe("a version", () => {
  test("keeps unchanged prompts identifiable and out of the arena where they left it, and leaves the one before as it was", async () => {
    const { slug } = await bring(CSV);
    await database.db.prompt.updateMany({ where: { promptSet: { slug }, key: "k1" }, data: { arena: false, retiredAt: new Date() } }); // prettier-ignore
    const next = await version(slug, "key,prompt,category\nk1,a cup,tea\nk2,a ship,sea\nk5,a fish,sea\n");
    expect(next).toMatchObject({ version: 2, prompts: 3, kept: 1, changed: 1, added: 1, removed: 1 });
    expect(next.slug).toBe(`${slug}-v2`);
    const hashOf = async (set: string, key: string) => (await promptsOf(set)).find((row) => row.key === key)!;
    const [old, kept] = [await hashOf(slug, "k1"), await hashOf(next.slug, "k1")];
    expect(kept.contentHash).toBe(old.contentHash);
    expect({ arena: kept.arena, retiredAt: kept.retiredAt }).toEqual({
      arena: false,
      retiredAt: old.retiredAt,
    });
    expect((await hashOf(next.slug, "k2")).contentHash).not.toBe((await hashOf(slug, "k2")).contentHash);
    expect(new Set(await textsOf(slug))).toEqual(new Set(["a cup", "a boat", "a pot"]));
    const view = await readPromptSet({ slug: next.slug, by: operator });
    expect(view.versions.map(({ version, prompts, kept }) => [version, prompts, kept])).toEqual([[2, 3, 1], [1, 3, 0]]); // prettier-ignore
    await expect(version(slug, "prompt\nx\n")).rejects.toThrow(/Version 2 follows/);
    expect((await version(next.slug, "prompt\nx\n")).slug).toBe(`${slug}-v3`);
  });

  test("that changes nothing is not made", async () => {
    const { slug } = await bring(CSV);
    expect(await version(slug, CSV)).toMatchObject({ slug, version: 1, kept: 3, added: 0 });
  });

  test("is the only way on once a run or a board uses the set", async () => {
    const { slug } = await bring(CSV);
    const { id } = await database.db.promptSet.findUniqueOrThrow({ where: { slug } });
    await database.db.board.create({
      data: { id: newId("board"), slug: `b-${slug}`, name: "B", description: "", modality: "TEXT_TO_IMAGE", promptSetId: id },
    }); // prettier-ignore
    await expect(bring("key,prompt\nk9,new\n", { into: slug })).rejects.toMatchObject({ code: "conflict" });
    expect(await bring(CSV, { into: slug })).toMatchObject({ added: 0, kept: 3 });
    await expect(removePromptSet({ slug, by: operator })).rejects.toMatchObject({ code: "conflict" });
    expect(await readPromptSet({ slug, by: operator })).toMatchObject({
      changeable: false,
      boards: 1,
      runs: 0,
    });
    expect((await version(slug, "key,prompt\nk9,new\n")).version).toBe(2);
  });
});

describe("a visitor's set", () => {
  test("is its owner's alone to read and change, and does not keep others from anything", async () => {
    const { slug } = await bring("prompt\na secret lighthouse\n", { by: visitor, listed: true });
    expect(slug).toMatch(/^mine-[0-9a-z]{8}$/);
    const stranger = { voterId: newId("voter") };
    for (const by of [stranger, { voterId: null }]) {
      for (const ask of [
        () => readPromptSet({ slug, by }),
        () => listSetPrompts({ slug, by, from: 0, limit: 1 }),
        () => exportPromptSet({ slug, by, format: "csv" }),
        () => archivePromptSet({ slug, by }),
        () => removePromptSet({ slug, by }),
        () => version(slug, "prompt\nx\n", by),
        () => bring("prompt\nx\n", { by, into: slug }),
      ]) {
        await expect(ask()).rejects.toMatchObject({ code: "not_found" });
      }
      expect((await listPromptSets({ by })).promptSets.map((set) => set.slug)).not.toContain(slug);
    }
    const [own] = (await listPromptSets({ by: visitor })).promptSets.filter((set) => set.own);
    expect(own).toMatchObject({ slug, listed: false, submittedBy: "visitor", prompts: 1 });
    // Whoever is refused a prompt by name of the arena would learn that somebody has it.
    await refuseArenaPrompt("a secret lighthouse");
  });

  test("may be read by all once the operator lists it, and changed by its owner still", async () => {
    const { slug } = await bring("prompt\na\n", { by: visitor });
    await listPromptSet({ slug, listed: true, by: "operator" });
    const stranger = { voterId: newId("voter") };
    expect(await readPromptSet({ slug, by: stranger })).toMatchObject({ own: false, listed: true });
    await expect(archivePromptSet({ slug, by: stranger })).rejects.toMatchObject({ code: "forbidden" });
    expect((await version(slug, "prompt\nb\n", visitor)).version).toBe(2);
  });

  test("is the last of as many as one visitor may have; a removed one makes room", async () => {
    const slugs: string[] = [];
    for (let i = 0; i < 20; i++) slugs.push((await bring(`prompt\n${i}\n`, { by: visitor })).slug);
    await expect(bring("prompt\nx\n", { by: visitor })).rejects.toThrow(/You have 20 prompt sets/);
    await expect(version(slugs[0], "prompt\nx\n", visitor)).rejects.toThrow(/You have 20 prompt sets/);
    await removePromptSet({ slug: slugs[0], by: visitor });
    await bring("prompt\nx\n", { by: visitor });
  });
});

test("archived sets are on no list, take nothing more, and come back", async () => {
  const { slug } = await bring(CSV, { listed: true });
  const next = await version(slug, "prompt\nz\n");
  const listed = async () =>
    (await listPromptSets({ by: { voterId: null } })).promptSets.map((set) => set.slug);
  expect(await listed()).toContain(next.slug);
  await archivePromptSet({ slug: next.slug, by: operator });
  expect(await listed()).not.toContain(next.slug);
  expect(await readPromptSet({ slug, by: { voterId: null } })).toMatchObject({ archived: true });
  await expect(bring("prompt\ny\n", { into: next.slug })).rejects.toThrow(/archived/);
  await expect(version(next.slug, "prompt\ny\n")).rejects.toThrow(/archived/);
  await archivePromptSet({ slug, by: operator, archived: false });
  expect(await listed()).toContain(next.slug);
});

test("prompts are found by category, tag and any part of their text, whose pattern characters are text", async () => {
  const { slug } = await bring("key,prompt,category,tags\na,100% wool,x,t\nb,1000 sheep,x,u\nc,WOOL_y,z,t\n");
  const find = async (filter: object) =>
    (await listSetPrompts({ slug, by: operator, from: 0, limit: 10, ...filter })).prompts
      .map(({ key }) => key)
      .sort();
  expect(await find({ category: "x" })).toEqual(["a", "b"]);
  expect(await find({ tag: "t" })).toEqual(["a", "c"]);
  expect(await find({ text: "wool" })).toEqual(["a", "c"]);
  expect(await find({ text: "100%" })).toEqual(["a"]);
  expect(await find({ text: "l_" })).toEqual(["c"]);
  expect(await find({ text: "wool", category: "z" })).toEqual(["c"]);
});

test("what is exported and imported again has the same content hashes, of the bundled set too", async () => {
  await seed(database.db);
  expect((await listPromptSets({ by: { voterId: null } })).promptSets.map(({ slug }) => slug)).toContain(
    "toybox-v1",
  );
  const csv = await textOf(exportPromptSet({ slug: "toybox-v1", by: { voterId: null }, format: "csv" }));
  const { slug } = await bring(csv, { name: "Toybox again" });
  const hashes = async (set: string) => (await promptsOf(set)).map(({ contentHash }) => contentHash).sort();
  expect(await hashes(slug)).toEqual(await hashes("toybox-v1"));
}, 60_000);

test("Salon's own sets of live and imported prompts are nobody's to read or take the name of", async () => {
  const { db } = database;
  await db.promptSet.create({ data: { id: newId("promptSet"), slug: "live", name: "Live battles" } });
  await expect(readPromptSet({ slug: "live", by: operator })).rejects.toMatchObject({ code: "not_found" });
  expect((await listPromptSets({ by: operator })).promptSets.map(({ slug }) => slug)).not.toContain("live");
  await expect(bring("prompt\na\n", { name: "x", into: "imported-board" })).rejects.toMatchObject({
    code: "conflict",
  });
});

async function textOf(pieces: Promise<AsyncGenerator<string>>): Promise<string> {
  let text = "";
  for await (const piece of await pieces) text += piece;
  return text;
}
