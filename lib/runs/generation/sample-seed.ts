import type { Run } from "@/lib/db/generated/client";
import { signText } from "@/lib/secrets/sign";

/** Samples of one prompt never share a seed with those of another. */
const STRIDE = 1_000;

/** The seed that a sample of a run is asked for with, by the run's policy; null: none. */
export async function seedOf(
  run: Pick<Run, "modelId" | "seedPolicy" | "seeds">,
  sample: { promptId: string; promptIndex: number; index: number; arena: boolean },
): Promise<number | null> {
  if (run.seedPolicy === "NONE") return null;
  if (run.seedPolicy === "FIXED") return run.seeds[sample.index];
  return sample.arena
    ? arenaSeed({ modelId: run.modelId, promptId: sample.promptId, index: sample.index })
    : sampleSeed(sample.promptIndex, sample.index);
}

/**
 * The seed of a sample that may be shown with its model's name: decided by its place alone, so every model draws a prompt from
 * the same seed and a repeated run repeats its images.
 */
export function sampleSeed(promptIndex: number, sampleIndex: number): number {
  return 1 + promptIndex * STRIDE + sampleIndex;
}

/**
 * The seed of a sample in the arena: 31 bits that only this installation's secret tells, another for each model. With a seed
 * that could be guessed, or was told to one model's endpoint, whoever has another model's weights could draw its side of a battle
 * at home. A repeated run of the model repeats its images all the same.
 */
export async function arenaSeed(place: {
  modelId: string;
  promptId: string;
  index: number;
}): Promise<number> {
  const signature = await signText("sample-seed", `${place.modelId}/${place.promptId}/${place.index}`);
  return Buffer.from(signature, "base64url").readUInt32BE(0) >>> 1;
}
