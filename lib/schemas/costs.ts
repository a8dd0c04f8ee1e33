import { z } from "zod";

/** What runs cost: prices, estimates and budgets. /api/openapi.json is made from these. */

export const MAX_PRICE_USD = 1_000;
export const MAX_BUDGET_USD = 1_000_000;

export const pricePerImage = z.number().min(0).max(MAX_PRICE_USD);

/** PostgreSQL keeps nine digits behind the point. */
const budget = z
  .number()
  .gt(0)
  .max(MAX_BUDGET_USD)
  .describe(
    "US dollars at which a run is paused with what it has: no call is made that could take it over, counting those under way. Needs a price of an image.",
  );

export const budgetUsd = budget.nullish();

export const budgetChange = z.object({ budgetUsd: budget.nullable().describe("null: no bound.") }).strict();

export const priceSource = z
  .enum(["typed", "measured", "list"])
  .describe(
    "typed: by whoever asked for the run; measured: the mean of what the endpoint said earlier images cost; list: the model's list price.",
  );

export const costEstimate = z.object({
  images: z
    .number()
    .int()
    .describe("Over all of the board's prompt sets, each of which is a run of its own."),
  pricePerImageUsd: z.number().nullable(),
  source: priceSource.nullable(),
  usd: z.number().nullable().describe("null: no price is known."),
});

/** Of a run, for who submitted it. */
export const runMoney = z.object({
  budgetUsd: z.number().nullable().describe("Where the run is paused; null: nowhere."),
  pricePerImageUsd: z.number().nullable().describe("By which calls are counted whose reply names no price."),
  priceSource: priceSource.nullable(),
  expectedUsd: z.number().nullable().describe("All its samples at that price."),
});

export type PriceSource = z.output<typeof priceSource>;
export type CostEstimate = z.output<typeof costEstimate>;
export type RunMoney = z.output<typeof runMoney>;
