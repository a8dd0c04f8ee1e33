import { PAIR_PART } from "@/lib/comparisons/pair-view";
import { requireComparison } from "@/lib/comparisons/require-comparison";
import { shownPairs } from "@/lib/comparisons/shown-samples";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { readBattleDerivative } from "@/lib/media/battle-derivative";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/media/image-derivative";
import { boxOf, clipOfPair, readPairSheet } from "@/lib/media/pair-sheet";
import { isVideo, readVideoDerivative } from "@/lib/media/video-derivative";

/**
 * A side of a pair, or an image that was to be edited, as the voter whom the pair was handed to gets it, and nobody else: re-encoded, without
 * metadata.
 * @param ask.part "left", "right" or "source-0" and on
 * @throws SalonError not_found
 */
export async function readPairImage(
  ask: { pairId: string; part: string; voterId: string | null },
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string }> {
  const absent = new SalonError("not_found", "There is no such image.");
  const [, part, source] = PAIR_PART.exec(ask.part) ?? [];
  const artifact = { select: { sha256: true, mediaType: true, video: true, width: true, height: true } };
  const pair = await tx.comparisonVote.findUnique({
    where: { id: ask.pairId },
    include: {
      prompt: { select: { sourceArtifacts: true } },
      firstSample: { select: { artifact } },
      secondSample: { select: { artifact } },
    },
  });
  if (part === undefined || pair === null || ask.voterId === null || pair.voterId !== ask.voterId)
    throw absent;
  const { comparisonId, voterId, firstSample, secondSample, firstIsLeft } = pair;
  const comparison = await requireComparison({ comparisonId, voterId, to: "come" }, tx);
  if (!(await isShown(pair, comparison, tx))) throw absent;
  if (source !== undefined) {
    const sha256 = pair.prompt.sourceArtifacts[Number(source)];
    if (sha256 === undefined) throw absent;
    return { bytes: await readDerivative(sha256), mediaType: DERIVATIVE_TYPE };
  }
  const artifacts = [firstSample.artifact, secondSample.artifact] as const;
  const clip = clipOfPair(artifacts);
  const box = { ...boxOf(...artifacts), fit: "OWN" as const };
  // Both are made before either is answered: which is slower says something of it.
  const [first, second] = await Promise.all(
    ([0, 1] as const).map((which) => {
      const each = artifacts[which];
      if (clip !== null) return readPairSheet(which, artifacts, clip);
      return isVideo(each) ? readVideoDerivative(each.sha256) : readBattleDerivative(each.sha256, box);
    }),
  );
  return { bytes: (part === "left") === firstIsLeft ? first : second, mediaType: DERIVATIVE_TYPE };
}

/** Whether a pair's samples may still be in the comparison. */
async function isShown(
  pair: { firstSampleId: string; secondSampleId: string },
  comparison: { id: string; ownerId: string },
  tx: Tx,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    with ${shownPairs(comparison)} select 1 from cells
    where first_sample = ${pair.firstSampleId} and second_sample = ${pair.secondSampleId}`;
  return rows.length > 0;
}
