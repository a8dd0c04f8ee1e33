import { expect, test } from "vitest";
import { MADE, ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case");

test("upgrading says of every run what its endpoint was asked for: the endpoint's size, a seed for each sample, nothing else", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql`
    insert into "Endpoint" (id, "modelId", "wireFormat", "baseUrl", "providerModel", "imageSize")
    values ('end_1', 'mdl_1', 'OPENAI_IMAGES', 'http://host/v1', 'one', '512x384')`;
  await sql`
    insert into "Model" (id, slug, name, creator, modality, "pricePerImageUsd", "submitterId", "removedAt", "createdAt") values
      ('mdl_3', 'three', 'Three', '', 'TEXT_TO_IMAGE', 0.015, null, null, ${MADE}),
      ('mdl_4', 'four', 'Four', '', 'TEXT_TO_IMAGE', 0.5, null, ${MADE}, ${MADE})`;
  await sql`
    insert into "Sample" (id, "runId", "modelId", "promptId", index, "artifactHash", "latencyMs", "costUsd", "createdAt") values
      ('smp_3', 'run_2', 'mdl_2', 'prm_1', 1, 'a1', 5, 0.25, ${MADE}), ('smp_4', null, 'mdl_2', 'prm_1', 0, 'a1', 5, 7, ${MADE})`;

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

test("upgrading counts what replies said that a run cost, and begins each model's price history with its price of then", async () => {
  const { sql } = older;
  expect([
    ...(await sql`select id, spent_told_usd, spent_estimate_usd, budget_usd from runs order by id`),
  ]).toEqual([
    { id: "run_1", spent_told_usd: "0.000000000", spent_estimate_usd: "0.000000000", budget_usd: null },
    { id: "run_2", spent_told_usd: "0.350000000", spent_estimate_usd: "0.000000000", budget_usd: null },
  ]);
  const prices = await sql`
    select p.model_id, p.price_per_image_usd, p.by_operator, p.source, p.created_at = m.created_at as is_of_then
    from model_prices p join models m on m.id = p.model_id order by 1`;
  const then = { source: null, is_of_then: true };
  expect([...prices]).toEqual([
    { model_id: "mdl_2", price_per_image_usd: "0.040000000", by_operator: false, ...then },
    { model_id: "mdl_3", price_per_image_usd: "0.015000000", by_operator: true, ...then },
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
