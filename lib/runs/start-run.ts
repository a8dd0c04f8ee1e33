import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { parameterFields, uncarriedParameter } from "@/lib/providers/parameter-fields";
import { enqueueStage } from "@/lib/runs/enqueue-stage";
import { reuseSamples } from "@/lib/runs/generation/reuse-samples";
import { parameterColumns } from "@/lib/runs/run-parameters";
import { requireWatchable } from "@/lib/runs/money/money-left";
import { thoughtPrice } from "@/lib/runs/money/thought-price";
import { needsOptions } from "@/lib/schemas/formats/format-options";
import { formatId } from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import { taskProblem, taskProblemText } from "@/lib/schemas/formats/task-facts";
import type { WantedParameters } from "@/lib/schemas/run-parameters";

/**
 * Start a run of a model that has an endpoint: its row and its first jobs.
 * @param wanted.weights sha256 of the weights that will draw, where they are known
 * @throws SalonError invalid_request for what requests to the endpoint have no field for
 */
export async function startRun(
  wanted: {
    modelId: string;
    promptSetId: string;
    promptCount: number;
    listsModel: boolean;
    weights?: string;
    samplesPerPrompt?: number;
    /** What tells it from other runs of the model. */
    label?: string | null;
    parameters?: WantedParameters;
    /** What an image costs, by who asks, and what all may cost; not said: as is known, and no bound. */
    money?: { pricePerImageUsd?: number | null; budgetUsd?: number | null };
  },
  tx: Tx,
): Promise<string> {
  const { parameters = { seeds: "per-prompt" }, money = {}, ...place } = wanted;
  const { model, ...endpoint } = await tx.endpoint.findUniqueOrThrow({
    where: { modelId: place.modelId },
    select: {
      format: true,
      imageSize: true,
      version: true,
      model: { select: { name: true, bundled: true, modality: true } },
    },
  });
  const task = orderTask(model.modality, await mostSources(place, tx));
  const unserved = taskProblem(formatId.parse(endpoint.format), task);
  if (unserved !== null)
    throw new SalonError("invalid_request", taskProblemText(unserved), { field: "format" });
  const fields = parameterFields({ ...endpoint, bundled: model.bundled, task });
  const uncarried = uncarriedParameter(parameters, fields);
  if (uncarried !== null) {
    throw new SalonError(
      "invalid_request",
      `Requests to ${model.name} have no field for ${uncarried.noun}: leave it out.`,
      { field: uncarried.name },
    );
  }
  if (needsOptions(formatId.parse(endpoint.format)) && Object.keys(parameters.extraFields ?? {}).length > 0) {
    throw new SalonError(
      "invalid_request",
      `Requests to ${model.name} are written down with its endpoint: write further fields into them.`,
      { field: "extraFields" },
    );
  }
  if (fields.negativePrompt === null && (await negativePrompts(place, tx)) > 0) {
    throw new SalonError(
      "invalid_request",
      `Some of the prompts have negative prompts, for which requests to ${model.name} have no field: choose other prompts.`,
      { field: "promptSet" },
    );
  }
  const columns = parameterColumns({
    seeds: parameters.seeds,
    imageSize: parameters.imageSize ?? endpoint.imageSize,
    steps: parameters.steps ?? null,
    guidance: parameters.guidance ?? null,
    negativePrompt: parameters.negativePrompt || null,
    extraFields: parameters.extraFields ?? {},
    extraHeaders: parameters.extraHeaders ?? {},
  });
  const typedUsd = money.pricePerImageUsd ?? null;
  const price = await thoughtPrice(
    { ...place, imageSize: columns.imageSize ?? endpoint.imageSize, typedUsd },
    tx,
  );
  const run = await tx.run.create({
    data: {
      ...{ id: newId("run"), ...place, ...columns },
      unitPriceUsd: price?.usd,
      unitPriceSource: price?.source,
      endpointVersion: endpoint.version,
      budgetUsd: money.budgetUsd,
    },
  });
  requireWatchable(run, money.budgetUsd ?? null);
  await reuseSamples(run, tx);
  await enqueueStage(run.id, "QUEUED", tx);
  return run.id;
}

/** How many images the prompt of a run begins with that has the most. */
async function mostSources(run: { promptSetId: string; promptCount: number }, tx: Tx): Promise<number> {
  const [{ most }] = await tx.$queryRaw<[{ most: number }]>`
    select coalesce(max(cardinality(source_artifacts)), 0)::int as most from prompts
    where prompt_set_id = ${run.promptSetId} and index < ${run.promptCount}`;
  return most;
}

/** How many of a run's prompts have a negative prompt of their own. */
const negativePrompts = (run: { promptSetId: string; promptCount: number }, tx: Tx): Promise<number> =>
  tx.prompt.count({
    where: {
      promptSetId: run.promptSetId,
      index: { lt: run.promptCount },
      negativePrompt: { not: null },
    },
  });
