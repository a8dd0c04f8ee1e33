import { expect, test } from "vitest";
import { listModels } from "@/lib/pages/list-models";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

test("every listed model shows its images of the same first prompts outside the arena, in their order; others show nothing", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 2, gallery: 6 });
  await database.db.model.update({ where: { id: arena.models[2].id }, data: { listed: false } });
  // One model has no image of the first prompt.
  await database.db.sample.deleteMany({
    where: { modelId: arena.models[1].id, promptId: arena.galleryIds[0] },
  });
  const models = await listModels(database.db);
  const shown = Object.fromEntries(
    models.map(({ slug, images }) => [slug, images.map(({ prompt }) => prompt)]),
  );
  expect(shown).toEqual({
    [arena.models[0].slug]: ["prompt 2", "prompt 3", "prompt 4", "prompt 5"],
    [arena.models[1].slug]: ["prompt 3", "prompt 4", "prompt 5"],
  });
  expect(models[0].images[0].url).toMatch(/^\/media\/samples\/smp_/);
});
