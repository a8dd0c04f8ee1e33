import type { Tx } from "@/lib/db/client";
import { estimateOfMean } from "@/lib/metrics/estimate";
import type { StackView } from "@/lib/schemas/stack/stack-page";
import { RECONSTRUCTIONS_SHOWN } from "@/lib/demos/demo-content";

/** Reference images beside what the newest autoencoder gives back of them; null while there are too few for an interval. */
export async function readReconstructions(tx: Tx): Promise<StackView["reconstructions"]> {
  const newest = await tx.reconstruction.findFirst({
    orderBy: { createdAt: "desc" },
    select: { weights: true },
  });
  if (newest === null) return null;
  const rows = await tx.reconstruction.findMany({
    where: newest,
    orderBy: { originalHash: "asc" },
    select: { originalHash: true, artifactHash: true, psnr: true },
  });
  if (rows.length < 2) return null;
  const { value, low, high } = estimateOfMean(Float64Array.from(rows, ({ psnr }) => psnr));
  const places = await tx.referenceImage.findMany({
    where: {
      artifactHash: { in: rows.map(({ originalHash }) => originalHash) },
      referenceSet: { kind: "bundled" },
    },
    orderBy: { index: "asc" },
    distinct: ["artifactHash"],
    take: RECONSTRUCTIONS_SHOWN,
  });
  return {
    psnr: { value, low, high, n: rows.length },
    pairs: places.map(({ referenceSetId, index, artifactHash }) => ({
      original: `/media/references/${referenceSetId}/${index}`,
      reconstruction: `/media/reconstructions/${rows.find((row) => row.originalHash === artifactHash)!.artifactHash}`,
      psnr: rows.find((row) => row.originalHash === artifactHash)!.psnr,
    })),
  };
}
