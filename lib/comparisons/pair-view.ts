import type { Tx } from "@/lib/db/client";
import { boxOf, clipOfPair } from "@/lib/media/pair-sheet";
import type { ComparisonPair } from "@/lib/schemas/comparisons";

/** A part of a pair as its address names it: a side, or one of the images that were to be edited. */
export const PAIR_PART = /^(left|right|source-(\d{1,2}))$/;

/** What a voter is told of a pair: nothing in it names a run, a sample or a file. */
export async function pairView(id: string, tx: Tx): Promise<ComparisonPair> {
  const artifact = { select: { width: true, height: true, video: true } };
  const pair = await tx.comparisonVote.findUniqueOrThrow({
    where: { id },
    select: {
      prompt: { select: { text: true, category: true, sourceArtifacts: true } },
      comparison: { select: { question: true } },
      firstSample: { select: { artifact } },
      secondSample: { select: { artifact } },
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
    clip: clipOfPair([firstSample.artifact, secondSample.artifact]),
    question: comparison.question,
  };
}
