import { expect, test } from "vitest";
import { createDb } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("blind_galleries");

test("upgrading keeps arena prompts in the arena, and shows a board's battles in the size that most of its samples have", async () => {
  const { sql } = older;
  for (const [slug, sizes] of [
    ["wide", ["1344x768", "1344x768", "64x64"]],
    ["huge", ["2048x4096"]],
    ["empty", []],
  ] as const) {
    const [set, prompt, model, run] = [newId("promptSet"), newId("prompt"), newId("model"), newId("run")];
    await sql`insert into "PromptSet" (id, slug, name) values (${set}, ${slug}, ${slug})`;
    await sql`insert into "Board" (id, slug, name, description, modality, "promptSetId")
      values (${newId("board")}, ${slug}, ${slug}, '', 'TEXT_TO_IMAGE', ${set})`;
    await sql`insert into "Prompt" (id, "promptSetId", index, text, category, arena)
      values (${prompt}, ${set}, 0, 'a fish', 'colour', true)`;
    await sql`insert into "Model" (id, slug, name, creator, modality) values (${model}, ${slug}, ${slug}, '', 'TEXT_TO_IMAGE')`;
    await sql`insert into "Run" (id, "modelId", "promptSetId", "promptCount") values (${run}, ${model}, ${set}, 1)`;
    for (const [index, size] of sizes.entries()) {
      const [width, height] = size.split("x").map(Number);
      const hash = `${slug} ${index}`;
      await sql`insert into "Artifact" (sha256, bytes, "mediaType", width, height)
        values (${hash}, 1, 'image/png', ${width}, ${height})`;
      await sql`insert into "Sample" (id, "runId", "modelId", "promptId", index, "artifactHash", "latencyMs")
        values (${newId("sample")}, ${run}, ${model}, ${prompt}, ${index}, ${hash}, 1)`;
    }
  }
  await older.upgradeToNewest();
  const db = createDb(older.url, { max: 1 });
  try {
    const boards = await db.board.findMany({ orderBy: { slug: "asc" } });
    expect(boards.map(({ slug, imageWidth, imageHeight }) => [slug, imageWidth, imageHeight])).toEqual([
      ["empty", 64, 64],
      ["huge", 512, 1024],
      ["wide", 1344 * (1024 / 1344), Math.round(768 * (1024 / 1344))],
    ]);
    expect((await db.prompt.findMany()).map(({ arena, retiredAt }) => [arena, retiredAt])).toEqual(
      Array(3).fill([true, null]),
    );
    await expect(db.prompt.updateMany({ data: { retiredAt: new Date() } })).rejects.toThrow(
      "prompts_retired_not_arena",
    );
  } finally {
    await db.$disconnect();
  }
});
