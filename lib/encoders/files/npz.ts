import { FileError } from "@/lib/media/files/file-error";
import { encodeNpy, parseNpy } from "@/lib/encoders/files/npy";
import { memoryAccess } from "@/lib/media/files/random-access";
import { readZip, writeZip } from "@/lib/media/files/zip";
import { checkCovariance, type ClippedEigenvalues } from "@/lib/metrics/check-covariance";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Reads reference statistics as pytorch-fid and others publish them: a .npz with `mu` [d] and `sigma` [d, d].
 * The number of samples behind them is not part of the format.
 * @returns with `clipped` where rounding left eigenvalues of sigma below zero
 * @throws FileError naming the file: not a .npz, other arrays, shapes that do not fit, NaN, a sigma that is no covariance.
 */
export async function parseStatistics(
  bytes: Uint8Array,
  path: string,
): Promise<Gaussian & { clipped?: ClippedEigenvalues }> {
  const arrays = new Map<string, ReturnType<typeof parseNpy>>();
  for (const entry of await readZip(memoryAccess(path, bytes))) {
    const name = entry.name.replace(/\.npy$/, "");
    if (name === "mu" || name === "sigma") arrays.set(name, parseNpy(await entry.read(), path));
  }
  const [mu, sigma] = [arrays.get("mu"), arrays.get("sigma")];
  if (!mu || !sigma) throw new FileError(path, "holds no statistics: the arrays mu and sigma are needed.");
  const d = mu.data.length;
  if (mu.shape.length !== 1 || sigma.shape.length !== 2 || sigma.shape[0] !== d || sigma.shape[1] !== d) {
    throw new FileError(
      path,
      `has mu of shape (${mu.shape}) and sigma of shape (${sigma.shape}), which do not fit.`,
    );
  }
  if (!mu.data.every(Number.isFinite) || !sigma.data.every(Number.isFinite))
    throw new FileError(path, "holds NaN or infinity.");
  const covariance = Float64Array.from(sigma.data);
  const clipped = await checkCovariance(covariance, d).catch((error: unknown) => {
    if (!(error instanceof MetricError)) throw error;
    throw new FileError(path, `holds a sigma that is no covariance. ${error.message}`, { cause: error });
  });
  return { dimension: d, mean: Float64Array.from(mu.data), covariance, ...(clipped ? { clipped } : {}) };
}

/** Bytes of a .npz that pytorch-fid and others read: float64 `mu` and `sigma`. */
export function encodeStatistics({ dimension, mean, covariance }: Gaussian): Uint8Array {
  return writeZip([
    { name: "mu.npy", bytes: encodeNpy({ shape: [dimension], data: mean }) },
    { name: "sigma.npy", bytes: encodeNpy({ shape: [dimension, dimension], data: covariance }) },
  ]);
}
