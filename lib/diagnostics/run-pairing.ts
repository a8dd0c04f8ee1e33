import type { Tx } from "@/lib/db/client";
import { answeredPrompts } from "@/lib/scoring/common-prompts";
import { hashOf } from "@/lib/runs/hash-of";
import { distanceManifest, sampleReference } from "@/lib/scoring/scoring-features";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";

/** Raise it when the comparison itself changes. */
const VERSION = "2";
/** Below, there is nothing to compare. */
const FEWEST = 20;

/** Two runs in the order of their ids, and the prompts that they are compared on. */
export interface RunPairing {
  first: string;
  second: string;
  prompts: string[];
  /** Whether that is every sample of both: what each was examined over. */
  isWhole: boolean;
}

/**
 * On what two runs can be compared prompt by prompt: all that both have answered in full, if that is every sample of both; else
 * those of them that are not in the arena. A run could be made to answer just one prompt of the arena besides ones whose samples
 * are public, and another model's numbers over those would be a fingerprint of its sample in the arena.
 * null when fewer than twenty prompts are left, or the runs were asked for different numbers of samples of each.
 */
export async function pairRuns(runId: string, against: string, tx: Tx): Promise<RunPairing | null> {
  const [first, second] = [runId, against].sort();
  const runs = await tx.run.findMany({
    where: { id: { in: [first, second] } },
    select: { samplesPerPrompt: true, _count: { select: { samples: true } } },
  });
  const [a, b] = await answeredPrompts([first, second], tx);
  const answered = new Set(b.prompts);
  const shared = a.prompts.filter((prompt) => answered.has(prompt));
  const each = runs[0].samplesPerPrompt;
  if (runs.some((run) => run.samplesPerPrompt !== each)) return null;
  const isWhole = runs.every((run) => run._count.samples === each * shared.length);
  const prompts = isWhole ? shared : await outsideArena(shared, tx);
  return prompts.length < FEWEST ? null : { first, second, prompts, isWhole };
}

/** Those of these prompts that are not in the arena, in the same order. */
async function outsideArena(prompts: readonly string[], tx: Tx): Promise<string[]> {
  const rows = await tx.prompt.findMany({
    where: { id: { in: [...prompts] }, arena: false },
    select: { id: true },
  });
  const outside = new Set(rows.map(({ id }) => id));
  return prompts.filter((id) => outside.has(id));
}

/** What a stored comparison under an encoder must have been made from; null when there is nothing to compare with. */
export async function pairInputs(
  { first, second, prompts }: RunPairing,
  encoder: Pick<ScoringEncoder, "id" | "preprocessing" | "referenceId">,
  tx: Tx,
): Promise<string | null> {
  const distance = await distanceManifest(encoder, tx);
  const reference = await sampleReference(encoder, tx);
  if (distance === null || reference === null) return null;
  return hashOf([VERSION, METRIC_CODE_VERSION, distance, reference.id, first, second, ...prompts]);
}
