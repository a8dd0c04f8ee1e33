import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { storedInfluences, storedMetrics, type StoredMetrics } from "@/lib/evaluation/examination";
import { differencesOf } from "@/lib/evaluation/protocol-mismatches";
import type { Estimate } from "@/lib/metrics/estimate";
import { pairedDifference } from "@/lib/metrics/estimate";
import type { RunComparison } from "@/lib/schemas/examination";

/**
 * Two published runs set against each other, metric by metric: the difference with its interval where both were scored
 * under one protocol, and in what the protocols differ where they were not. Samples of the same prompts are paired.
 * @throws SalonError not_found; not_ready when one of them has not been examined
 */
export async function compareRuns(
  ask: { runId: string; against: string; voterId: string | null },
  tx: Tx = db(),
): Promise<RunComparison> {
  const [first, second] = [
    await readSide(ask.runId, ask.voterId, tx),
    await readSide(ask.against, ask.voterId, tx),
  ];
  const samePrompts = first.prompts.length === second.prompts.length && first.prompts.every((prompt, i) => prompt === second.prompts[i]); // prettier-ignore
  const values = first.metrics.flatMap((metric) => {
    const other = second.metrics.find(({ name }) => name === metric.name);
    return other ? compareMetric(metric, other, first.influences, second.influences, samePrompts) : [];
  });
  return {
    first: first.run,
    second: second.run,
    comparable: values.length > 0 && values.every(({ differences }) => differences.length === 0),
    values,
  };
}

type Metric = StoredMetrics[number];
type Influences = ReturnType<typeof storedInfluences.parse>;

/** The numbers that both have, each with its difference; without one where the protocols differ. */
function compareMetric(
  metric: Metric,
  other: Metric,
  influences: Influences,
  otherInfluences: Influences,
  samePrompts: boolean,
): RunComparison["values"] {
  const same = metric.protocolHash === other.protocolHash;
  return metric.values.flatMap((value): RunComparison["values"] => {
    const counterpart = other.values.find(({ key }) => key === value.key);
    if (!counterpart) return [];
    const shared = {
      metric: metric.name,
      key: value.key,
      first: value.value,
      second: counterpart.value,
      differences: same ? [] : differencesOf(metric.protocol, other.protocol),
    };
    if (!same) return [{ ...shared, difference: null, low: null, high: null, pValue: null, paired: false }];
    const name = `${metric.name}.${value.key}`;
    const a = estimateOf(value, influences[name]);
    const b = estimateOf(counterpart, otherInfluences[name]);
    // Real samples are the same on both sides; generated ones match only where the prompts do. Folds mix both.
    const matched = a.unit === "real" || (a.unit === "generated" && samePrompts);
    const paired = matched && a.influence.length > 0 && a.influence.length === b.influence.length;
    const { difference, low, high, pValue } = pairedDifference(a, b, { paired });
    return [{ ...shared, difference, low, high, pValue, paired }];
  });
}

function estimateOf(
  { value, low, high, standardError }: { value: number; low: number; high: number; standardError: number },
  influence: Influences[string] | undefined,
): Estimate {
  return {
    value,
    low,
    high,
    standardError,
    level: 0.95,
    influence: Float64Array.from(influence?.values ?? []),
    unit: influence?.unit ?? "generated",
  };
}

async function readSide(runId: string, voterId: string | null, tx: Tx) {
  const run = await tx.run.findUnique({
    where: { id: runId },
    include: { model: true, promptSet: { select: { name: true } }, examination: true },
  });
  const own = voterId !== null && run?.model.submitterId === voterId;
  if (!run || !(run.model.listed || own)) throw new SalonError("not_found", "There is no such run.");
  if (run.examination === null) {
    throw new SalonError("not_ready", `${run.model.name}'s run has not been examined yet.`);
  }
  const samples = await tx.sample.findMany({
    where: { runId },
    orderBy: [{ prompt: { index: "asc" } }, { index: "asc" }],
    select: { promptId: true },
  });
  return {
    run: { runId, model: run.model.name, promptSet: run.promptSet.name },
    metrics: storedMetrics.parse(run.examination.metrics),
    influences: storedInfluences.parse(run.examination.influences),
    prompts: samples.map(({ promptId }) => promptId),
  };
}
