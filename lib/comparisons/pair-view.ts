import type { Tx } from "@/lib/db/client";
import type { ComparisonPair } from "@/lib/schemas/comparisons";

/** Longest side in which voters get a sample: larger ones are scaled down, and none is scaled up. */
const LONGEST_SIDE = 1536;

/** A part of a pair as its address names it: a side, or one of the images that were to be edited. */
export const PAIR_PART = /^(left|right|source-(\d{1,2}))$/;

type Size = { width: number; height: number };

/** What a voter is told of a pair: nothing in it names a run, a sample or a file. */
export async function pairView(id: string, tx: Tx): Promise<ComparisonPair> {
  const pair = await tx.comparisonVote.findUniqueOrThrow({
    where: { id },
    select: {
      prompt: { select: { text: true, category: true, sourceArtifacts: true } },
      comparison: { select: { question: true } },
      firstSample: { select: { artifact: { select: { width: true, height: true } } } },
      secondSample: { select: { artifact: { select: { width: true, height: true } } } },
    },
  });
  const { prompt, comparison, firstSample, secondSample } = pair;
  const path = `/media/comparisons/${id}`;
  return {
    pairId: id,
    prompt: prompt.text,
    category: prompt.category,
    sources: prompt.sourceArtifacts.map((_, at) => `${path}/source-${at}`),
    left: { url: `${path}/left` },
    right: { url: `${path}/right` },
    size: boxOf(firstSample.artifact, secondSample.artifact),
    question: comparison.question,
  };
}

/** The box that both samples of a pair fit in, at most LONGEST_SIDE long: the same for both, so that it says nothing of either. */
export function boxOf(a: Size, b: Size): Size {
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
