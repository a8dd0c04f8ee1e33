import { promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { requireChangeable } from "@/lib/models/lock-model";
import type { Visitor } from "@/lib/models/visibility";
import { thoughtPrice, type ThoughtPrice } from "@/lib/runs/money/thought-price";
import type { CostEstimate } from "@/lib/schemas/costs";

/**
 * What runs over a board's prompts would cost: images, by the price of one. Nothing is stored, and nothing is asked of an endpoint.
 * @param ask.model slug of a model of one's own, whose earlier images or list price tell; not given: a new one
 * @throws SalonError not_found, forbidden as submitting would
 */
export async function estimateRuns(
  ask: {
    board: string;
    promptCount?: number;
    samplesPerPrompt: number;
    pricePerImageUsd?: number;
    model?: string;
    by: Visitor;
  },
  tx: Tx = db(),
): Promise<CostEstimate> {
  const board = await requireBoard({ slug: ask.board, by: ask.by, to: "submit" }, tx);
  let prompts = 0;
  for (const promptSetId of await promptSetsOf(board, tx))
    prompts += Math.min(ask.promptCount ?? Infinity, await tx.prompt.count({ where: { promptSetId } }));
  const images = prompts * ask.samplesPerPrompt;
  const price = await priceOf(ask, tx);
  return {
    images,
    pricePerImageUsd: price?.usd.toNumber() ?? null,
    source: price?.source ?? null,
    usd: price?.usd.times(images).toNumber() ?? null,
  };
}

async function priceOf(
  {
    model: slug,
    pricePerImageUsd: typedUsd = null,
    by,
  }: { model?: string; pricePerImageUsd?: number | null; by: Visitor },
  tx: Tx,
): Promise<ThoughtPrice | null> {
  if (slug === undefined)
    return typedUsd === null ? null : { usd: new Prisma.Decimal(typedUsd), source: "typed" };
  const model = await requireChangeable({ slug, by }, tx);
  const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
  return thoughtPrice({ modelId: model.id, imageSize: endpoint?.imageSize ?? "", typedUsd }, tx);
}
