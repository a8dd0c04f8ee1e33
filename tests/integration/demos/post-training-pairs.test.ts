import { createHash } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { seed } from "@/lib/installation/seed";
import { readStack } from "@/lib/demos/read-stack";
import { useDataFolder } from "../../support/evaluation-world";
import { addServedModel } from "../../support/served-model";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();

beforeAll(async () => {
  Object.assign(process.env, { SEED_PROMPT_COUNT: "24", SEED_BUNDLED_MODELS: "false" });
  await seed(database.db);
});

/** The model's run, with one image of each of the set's first prompts; returns the images' addresses by prompt. */
async function addImages(modelId: string): Promise<Map<string, string>> {
  const { db } = database;
  const set = await db.promptSet.findFirstOrThrow({ include: { prompts: true } });
  const runId = newId("run");
  await db.run.create({ data: { id: runId, modelId, promptSetId: set.id, promptCount: set.prompts.length } });
  const urls = new Map<string, string>();
  for (const { id: promptId, text } of set.prompts) {
    const id = newId("sample");
    const artifactHash = createHash("sha256").update(`${modelId} ${text}`).digest("hex");
    const image = { sha256: artifactHash, bytes: 1, mediaType: "image/png", width: 64, height: 64 };
    await db.artifact.create({ data: image });
    await db.sample.create({ data: { id, runId, modelId, promptId, artifactHash, latencyMs: 1 } });
    urls.set(text, `/media/samples/${id}`);
  }
  return urls;
}

it("are shown only when both models are there, of the prompts with several different things, each beside its own before", async () => {
  const before = await addServedModel("flow-dit-latent", "http://127.0.0.1:9", database.db);
  const old = await addImages(before.id);
  expect((await readStack(database.db)).postTraining).toBeNull();

  const after = await addServedModel("flow-dit-latent-rl", "http://127.0.0.1:9", database.db);
  expect((await readStack(database.db)).postTraining!.pairs.every((pair) => pair.after === null)).toBe(true);

  const own = await addImages(after.id);
  const { postTraining, prompts } = await readStack(database.db);
  expect(postTraining).toMatchObject({
    before: { slug: "flow-dit-latent" },
    after: { slug: "flow-dit-latent-rl" },
  });
  const several = prompts.filter(({ category }) => ["three objects", "colour"].includes(category));
  expect(several.length).toBeGreaterThan(2);
  expect(postTraining!.pairs.map(({ prompt, before, after }) => [prompt, before?.url, after?.url])).toEqual(
    several.map(({ text }) => [text, old.get(text), own.get(text)]),
  );
});
