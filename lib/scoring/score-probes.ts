import type { Db } from "@/lib/db/client";
import { probeDistancesInThread } from "@/lib/encoders/compute-thread";
import type { Estimate } from "@/lib/metrics/estimate";
import { featureSet } from "@/lib/metrics/features";
import type { TemporalProbe } from "@/lib/metrics/motion/temporal-probe";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { readClipReference } from "@/lib/references/bundled-statistics";
import type { EncoderKey, ScoringEncoder } from "@/lib/references/reference-reader";
import { contentBias, frozenRatio, shuffledRatio } from "@/lib/schemas/metrics/motion-probes";
import { probePreprocessing } from "@/lib/scoring/probe-readers";
import { distanceReference, runFeatures } from "@/lib/scoring/scoring-features";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";

/** The fewest videos that have an interval. */
const FEWEST = 4;

/**
 * What the Fréchet distance under a video encoder makes of a run's motion: its videos with their frames shuffled and frozen, beside
 * them as they are, and how much of the distance frames alone account for. Nothing without a reference set, where a video has not
 * been read under a probe, or for fewer than four videos.
 * @param prompts count the videos of these only
 */
export async function scoreProbes(
  runId: string,
  encoder: ScoringEncoder,
  prompts: PromptSubset | null,
  db: Db,
  signal: AbortSignal,
): Promise<RunScore[]> {
  const reference = await distanceReference(encoder, db);
  if (reference === null) return [];
  const read = async (key: EncoderKey) => (await runFeatures(runId, key, db, prompts?.ids)).features;
  const probed = (probe: TemporalProbe) =>
    read({ ...encoder, preprocessing: probePreprocessing(encoder.preprocessing, probe) });
  const rows = [await read(encoder), await probed("shuffled"), await probed("frozen")];
  const n = rows[0].length / encoder.dimension;
  if (n < FEWEST || rows.some(({ length }) => length !== rows[0].length)) return [];
  const [plain, shuffled, frozen] = rows.map((features) => featureSet(features, encoder.dimension));
  const bundled = await readClipReference(reference.manifest);
  const { ratios, contentBias: bias } = await probeDistancesInThread(
    { plain, shuffled, frozen },
    { reference: reference.gaussian, frozenReference: bundled?.frozen ?? null },
    signal,
  );
  const score = ({ name, protocol }: { name: string; protocol: string }, estimate: Estimate): RunScore => ({
    metric: name,
    protocol: {
      metric: protocol,
      encoder: encoder.id,
      preprocessing: encoder.preprocessing,
      samples: n,
      reference: reference.manifest,
      ...(prompts && { prompts: prompts.hash }),
      codeVersion: METRIC_CODE_VERSION,
    },
    value: estimate.value,
    low: estimate.low,
    high: estimate.high,
    n,
    caveat: null,
  });
  return [
    ...(ratios ? [score(shuffledRatio, ratios.shuffled), score(frozenRatio, ratios.frozen)] : []),
    ...(bias ? [score(contentBias, bias)] : []),
  ];
}
