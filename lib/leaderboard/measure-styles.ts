import { getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { decodeImage } from "@/lib/feature-extractors/decode-image";
import { IMAGE_STYLE_ID, measureImageStyle } from "@/lib/metrics/image-style";

/** Pictures a statement keeps: a stop loses at most so many. */
const BATCH = 32;

/**
 * Measure how the pictures of a board's votes look, where that is not known yet. A picture is measured once, whatever
 * board it turns up on; one that is gone or damaged is kept with the reason, so that nobody waits for it.
 * @returns how many were measured
 * @throws the signal's reason when the worker stops
 */
export async function measureStyles(boardId: string, db: Db, signal: AbortSignal): Promise<number> {
  const missing = await db.$queryRaw<{ sha256: string }[]>`
    select distinct s."artifactHash" as sha256
    from (
      select b."leftSampleId" as id from "Battle" b join "Vote" v on v."battleId" = b.id where v."boardId" = ${boardId}
      union
      select b."rightSampleId" from "Battle" b join "Vote" v on v."battleId" = b.id where v."boardId" = ${boardId}
    ) shown
    join "Sample" s on s.id = shown.id
    where not exists (
      select from "ArtifactStyle" a where a."artifactHash" = s."artifactHash" and a."measureId" = ${IMAGE_STYLE_ID})
    order by 1`;
  for (let from = 0; from < missing.length; from += BATCH) {
    const rows = [];
    for (const { sha256 } of missing.slice(from, from + BATCH)) {
      signal.throwIfAborted();
      rows.push({ artifactHash: sha256, measureId: IMAGE_STYLE_ID, ...(await measure(sha256)) });
    }
    await db.artifactStyle.createMany({ data: rows, skipDuplicates: true });
  }
  return missing.length;
}

async function measure(sha256: string) {
  try {
    return { ...measureImageStyle(await decodeImage(await getArtifact(sha256))) };
  } catch (error) {
    // Missing, changed on disk, no picture, damaged: reading it again would say the same.
    if (!(error instanceof SalonError)) throw error;
    return { problem: error.message };
  }
}
