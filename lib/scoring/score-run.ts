import type { Db, Tx } from "@/lib/db/client";
import type { Caveat } from "@/lib/schemas/metrics/caveat";
import { newId } from "@/lib/db/new-id";
import { BUNDLED_VIDEO_ENCODER } from "@/lib/references/encoders-in-use";
import { embedForScoring } from "@/lib/scoring/embed-for-scoring";
import { scoreAlignment } from "@/lib/scoring/score-alignment";
import { scoreContrastive } from "@/lib/scoring/score-contrastive";
import { scoreClips } from "@/lib/scoring/score-clips";
import { scoreKernel } from "@/lib/scoring/score-kernel";
import { scoreConsistency, scoreMotion } from "@/lib/scoring/score-motion";
import { scoreProbes } from "@/lib/scoring/score-probes";
import { scoreFrechet } from "@/lib/scoring/score-frechet";
import { clipGrader, scoringTools } from "@/lib/scoring/scoring-tools";
import { protocolKey, type Protocol } from "@/lib/metrics/protocol";

/** A metric's value of one run, with everything it may only be compared under. */
export interface RunScore {
  metric: string;
  protocol: Protocol;
  value: number;
  low: number;
  high: number;
  n: number;
  caveat: Caveat | null;
}

/** The prompts that a score is limited to, and the hash that names them. */
export interface PromptSubset {
  ids: string[];
  hash: string;
}

/**
 * A run's scores: its Fréchet distance under every encoder that it is scored with (scoringPlan), of videos also the kernel distance
 * and how they move; and, unless its boards have chosen otherwise, what the graders and the contrastive encoder see, and of videos
 * how alike their frames are and what the bundled distance makes of motion. Normally its samples are embedded by now; those that came
 * late (a resumed run), and encoders that were chosen since, are caught here.
 * @param prompts count the samples of these only
 */
export async function scoreRun(
  runId: string,
  db: Db,
  signal: AbortSignal,
  prompts: PromptSubset | null = null,
): Promise<RunScore[]> {
  const scores: RunScore[] = [];
  const { kind, isSites, encoders } = await embedForScoring(runId, db, signal);
  for (const encoder of encoders) {
    scores.push(...(await scoreFrechet(runId, encoder, prompts, db, signal)));
  }
  if (kind === "video") {
    for (const encoder of encoders) scores.push(...(await scoreKernel(runId, encoder, prompts, db, signal)));
    scores.push(...(await scoreMotion(runId, prompts, db)));
  }
  if (!isSites) return scores;
  const tools = await scoringTools();
  if (kind === "video") {
    scores.push(...(await scoreConsistency(runId, tools, prompts, db)));
    const clips = await clipGrader();
    if (clips) scores.push(...(await scoreClips(runId, clips, prompts, db)));
    const bundled = encoders.find(({ id }) => id.split("@")[0] === BUNDLED_VIDEO_ENCODER);
    if (bundled) scores.push(...(await scoreProbes(runId, bundled, prompts, db, signal)));
    return scores;
  }
  scores.push(...(await scoreAlignment(runId, tools.grader.id, prompts, db)));
  scores.push(...(await scoreContrastive(runId, tools.contrastive, prompts, db)));
  return scores;
}

/**
 * Keep a run's scores. One of a protocol that it has already stays as it is, but counts as the newest of its metric again.
 * @param options.soFar of a run that is still going on
 */
export async function keepScores(
  runId: string,
  scores: RunScore[],
  tx: Tx,
  { soFar = false }: { soFar?: boolean } = {},
): Promise<void> {
  for (const { protocol, caveat, ...score } of scores) {
    const protocolHash = protocolKey(protocol);
    const promptsHash = protocol.prompts ?? "";
    const newest = await tx.metricResult.findFirst({
      where: { runId, metric: score.metric, promptsHash },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: { protocolHash: true },
    });
    if (newest?.protocolHash === protocolHash) continue;
    await tx.metricResult.upsert({
      where: { runId_protocolHash: { runId, protocolHash } },
      create: {
        id: newId("metricResult"),
        runId,
        protocolHash,
        promptsHash,
        protocol: { ...protocol },
        caveat: caveat ?? undefined,
        soFar,
        ...score,
      },
      update: { createdAt: new Date(), soFar },
    });
  }
}
