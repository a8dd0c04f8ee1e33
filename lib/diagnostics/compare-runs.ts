import { storedProtocolDifferences } from "@/lib/metrics/protocol";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { compareAlignment } from "@/lib/diagnostics/compare-alignment";
import { pairInputs, pairRuns, type RunPairing } from "@/lib/diagnostics/run-pairing";
import { scoringPlan, type EncoderInUse } from "@/lib/references/encoders-in-use";
import { storedInfluences, storedMetrics, type StoredMetrics } from "@/lib/diagnostics/diagnostics";
import { visitorsComputing } from "@/lib/queue/computing-queue";
import { maySee, type Viewer } from "@/lib/models/visibility";
import { featuresId } from "@/lib/encoders/features-id";
import type { Estimate } from "@/lib/metrics/estimate";
import { canPair, pairedDifference } from "@/lib/metrics/estimate";
import { enqueue } from "@/lib/queue/enqueue";
import { visitorHolder } from "@/lib/queue/holder";
import type { RunComparison } from "@/lib/schemas/examination";

type Metric = StoredMetrics[number];
type Influences = ReturnType<typeof storedInfluences.parse>;
type Examined = { metrics: StoredMetrics; influences: Influences };

const pairKey = ({ first, second }: { first: string; second: string }) => `${first}:pair:${second}`;
/** As an examination: someone waits for it. */
const PRIORITY = 6;

/**
 * Two published runs set against each other, metric by metric: over the prompts that both have answered, paired by prompt, each
 * difference with its interval. Where those are all prompts of both, the examinations have it already; where not, a job computes
 * it (see {@link requestComparison}). Runs without common prompts are compared unpaired, and only under one protocol.
 * @throws SalonError not_found; not_ready when one of them has not been examined
 */
export async function compareRuns(
  ask: { runId: string; against: string; voterId: string | null },
  tx: Tx = db(),
): Promise<RunComparison> {
  const [a, b] = [await readSide(ask.runId, ask, tx), await readSide(ask.against, ask, tx)];
  const pairing = ask.runId === ask.against ? null : await pairRuns(ask.runId, ask.against, tx);
  const encoders: RunComparison["encoders"] = [];
  let missing = 0;
  for (const encoder of (await scoringPlan(ask.runId, tx)).encoders) {
    const stored = await (pairing === null || pairing.isWhole
      ? readExaminations([a.runId, b.runId], encoder, tx)
      : readPair(pairing, [a.runId, b.runId], encoder, tx));
    if (stored === "missing") missing++;
    if (stored === null || stored === "missing") continue;
    const [first, second] = stored;
    const values = first.metrics.flatMap((metric) => {
      const other = second.metrics.find(({ name }) => name === metric.name);
      return other ? compareMetric(metric, other, first, second, pairing !== null) : [];
    });
    const comparable = values.length > 0 && values.every(({ differences }) => differences.length === 0);
    encoders.push({ id: featuresId(encoder), distanceLabel: encoder.distanceLabel, comparable, values });
  }
  return {
    state: missing === 0 ? "ready" : pairing ? await stateOfJob(pairing, tx) : "ready",
    first: a,
    second: b,
    prompts: pairing?.prompts.length ?? null,
    isWhole: pairing?.isWhole ?? false,
    alignment: pairing && (await compareAlignment(a.runId, b.runId, pairing.prompts, tx)),
    encoders,
  };
}

/**
 * Have a worker compute what {@link compareRuns} says is needed. Asked for twice, it is done once.
 * @throws SalonError as compareRuns
 */
export async function requestComparison(
  ask: { runId: string; against: string; voterId: string | null; address?: string | null },
  tx: Tx = db(),
): Promise<RunComparison> {
  const comparison = await compareRuns(ask, tx);
  if (comparison.state !== "needed") return comparison;
  const [first, second] = [ask.runId, ask.against].sort();
  const queue = visitorsComputing(await visitorHolder(ask));
  await enqueue(
    "compare-pair",
    { first, second },
    { key: pairKey({ first, second }), queue, priority: PRIORITY },
    tx,
  );
  return { ...comparison, state: "computing" };
}

/** The numbers that both have, each with its difference; without one where the protocols differ. */
function compareMetric(
  metric: Metric,
  other: Metric,
  first: Examined,
  second: Examined,
  samePrompts: boolean,
): RunComparison["encoders"][number]["values"] {
  const same = metric.protocolHash === other.protocolHash;
  return metric.values.flatMap((value): RunComparison["encoders"][number]["values"] => {
    const counterpart = other.values.find(({ key }) => key === value.key);
    if (!counterpart) return [];
    const shared = {
      metric: metric.name,
      key: value.key,
      first: value.value,
      second: counterpart.value,
      n: metric.n,
      differences: same ? [] : storedProtocolDifferences(metric.protocol, other.protocol),
    };
    if (!same) return [{ ...shared, difference: null, low: null, high: null, pValue: null, paired: false }];
    const name = `${metric.name}.${value.key}`;
    const a = estimateOf(value, first.influences[name]);
    const b = estimateOf(counterpart, second.influences[name]);
    const paired = canPair(a, b, samePrompts);
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

async function readExaminations(
  runIds: [string, string],
  encoder: EncoderInUse,
  tx: Tx,
): Promise<[Examined, Examined] | null> {
  const rows = await tx.encoderExamination.findMany({
    where: { runId: { in: runIds }, encoderId: featuresId(encoder) },
    select: { runId: true, metrics: true, influences: true },
  });
  const [a, b] = runIds.map((id) => rows.find(({ runId }) => runId === id));
  return a && b ? [examined(a), examined(b)] : null;
}

/** null: this encoder has nothing to compare with; "missing": it is still to be computed. */
async function readPair(
  pairing: RunPairing,
  [runId]: [string, string],
  encoder: EncoderInUse,
  tx: Tx,
): Promise<[Examined, Examined] | "missing" | null> {
  const inputsHash = await pairInputs(pairing, encoder, tx);
  if (inputsHash === null) return null;
  const key = { firstRunId: pairing.first, secondRunId: pairing.second, encoderId: featuresId(encoder) };
  const row = await tx.runPair.findUnique({ where: { firstRunId_secondRunId_encoderId: key } });
  if (row?.inputsHash !== inputsHash) return "missing";
  const [first, second] = [examined(row.first), examined(row.second)];
  return pairing.first === runId ? [first, second] : [second, first];
}

function examined(stored: unknown): Examined {
  const { metrics, influences } = stored as { metrics: unknown; influences: unknown };
  return { metrics: storedMetrics.parse(metrics), influences: storedInfluences.parse(influences) };
}

async function stateOfJob(pairing: RunPairing, tx: Tx): Promise<RunComparison["state"]> {
  const [job] = await tx.$queryRaw<{ isSpent: boolean }[]>`
    select attempts >= max_attempts and locked_at is null as "isSpent"
    from graphile_worker.jobs where key = ${pairKey(pairing)}`;
  return job === undefined ? "needed" : job.isSpent ? "failed" : "computing";
}

async function readSide(runId: string, by: Viewer, tx: Tx) {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: {
      model: { select: { name: true, listed: true, submitterId: true } },
      promptSet: { select: { name: true } },
      examination: { select: { runId: true } },
      _count: { select: { samples: true } },
    },
  });
  if (!run || !maySee(run.model, by)) throw new SalonError("not_found", "There is no such run.");
  if (run.examination === null) {
    throw new SalonError("not_ready", `${run.model.name}'s run has not been examined yet.`);
  }
  return { runId, model: run.model.name, promptSet: run.promptSet.name, n: run._count.samples };
}
