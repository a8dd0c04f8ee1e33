import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { readFloat64 } from "@/lib/numerics/float-bytes";
import { encodeStatistics } from "@/lib/encoders/files/npz";

/**
 * A reference set's statistics as pytorch-fid's tools read them: a .npz of float64 `mu` [d] and `sigma` [d, d].
 * @throws SalonError not_found; not_ready while it is built
 */
export async function exportStatistics(
  referenceId: string,
  tx: Tx = db(),
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const set = await tx.referenceSet.findUnique({ where: { id: referenceId } });
  if (!set) throw new SalonError("not_found", "There is no such reference set.");
  if (set.state !== "READY" || !set.mean || !set.covariance) {
    throw new SalonError("not_ready", "The set's statistics are not there yet.");
  }
  const bytes = encodeStatistics({
    dimension: set.dimension,
    mean: readFloat64(set.mean),
    covariance: readFloat64(set.covariance),
  });
  return { fileName: `${set.slug}-${set.encoderId.replace("@", "-")}.npz`, bytes };
}
