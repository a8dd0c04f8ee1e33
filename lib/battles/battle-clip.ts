import type { Tx } from "@/lib/db/client";
import { commonClip, type StoredTimes } from "@/lib/media/common-clip";
import type { Clip } from "@/lib/schemas/battles";

/** The clip of two samples; null: they are images. */
export async function battleClip(
  sampleIds: readonly (string | null)[],
  tx: Pick<Tx, "sample">,
): Promise<Clip | null> {
  const samples = await tx.sample.findMany({
    where: { id: { in: sampleIds.filter((id) => id !== null) } },
    select: { artifact: { select: { video: true } } },
  });
  const videos = samples
    .map(({ artifact }) => artifact.video as StoredTimes | null)
    .filter((each) => each !== null);
  return videos.length === 0 ? null : commonClip(videos);
}
