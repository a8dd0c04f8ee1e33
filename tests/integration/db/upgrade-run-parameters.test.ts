import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case");

test("upgrading says of every run what its endpoint was asked for: the endpoint's size, a seed for each sample, nothing else", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql`
    insert into "Endpoint" (id, "modelId", "wireFormat", "baseUrl", "providerModel", "imageSize")
    values ('end_1', 'mdl_1', 'OPENAI_IMAGES', 'http://host/v1', 'one', '512x384')`;

  await older.upgradeToNewest();

  const asked = {
    seed_policy: "PER_PROMPT",
    seeds: [],
    steps: null,
    guidance: null,
    negative_prompt: null,
    extra_fields: {},
  };
  expect([
    ...(await sql`
      select id, image_size, seed_policy, seeds, steps, guidance, negative_prompt, extra_fields from runs order by id`),
  ]).toEqual([
    { id: "run_1", image_size: "512x384", ...asked },
    { id: "run_2", image_size: null, ...asked },
  ]);
  expect([...(await sql`select format, timeout_ms, left_out from endpoints`)]).toEqual([
    { format: "openai-images", timeout_ms: 180_000, left_out: [] },
  ]);
});

test("a run whose list of seeds is shorter than its samples of a prompt is refused, and so is a list that is not used", async () => {
  const { sql } = older;
  for (const change of [
    "seed_policy = 'FIXED'",
    "seed_policy = 'FIXED', seeds = '{1}', samples_per_prompt = 2",
    "seed_policy = 'NONE', seeds = '{1}'",
    "steps = 0",
    "guidance = 'NaN'",
    "extra_fields = '[]'",
  ]) {
    await expect(sql.unsafe(`update runs set ${change}`), change).rejects.toThrow("runs_parameters");
  }
  await sql`update runs set seed_policy = 'FIXED', seeds = '{7,8}', samples_per_prompt = 2, guidance = 0`;
});
