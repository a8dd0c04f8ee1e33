import type { Db } from "@/lib/db/client";
import type { RunScore } from "@/lib/evaluation/compute-metrics";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { bootstrapFrechet } from "@/lib/metrics/bootstrap-frechet";
import { sizeBiasCaveat } from "@/lib/metrics/frechet-distance";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";

const BOOTSTRAP = { seed: 1, resamples: 200, level: 0.95 };

/**
 * Fréchet distance of a run's samples to the reference set of the extractor, with a bootstrap interval. Nothing
 * where there is no reference under these weights, or only one sample.
 */
export async function scoreFrechet(runId: string, extractor: FeatureExtractor, db: Db): Promise<RunScore[]> {
  const reference = await db.referenceSet.findFirst({
    where: { extractorId: extractor.id },
    orderBy: { createdAt: "desc" },
  });
  if (reference === null) return [];
  // The order is part of the result: the bootstrap draws rows by number.
  const rows = await db.$queryRaw<{ vector: Uint8Array }[]>`
    select e.vector from "Sample" s
    join "Prompt" p on p.id = s."promptId"
    join "Embedding" e on e."artifactHash" = s."artifactHash" and e."extractorId" = ${extractor.id}
    where s."runId" = ${runId}
    order by p.index, s.index`;
  const n = rows.length;
  if (n < 2) return [];
  const { dimension } = extractor;
  const features = new Float32Array(n * dimension);
  rows.forEach(({ vector }, row) => {
    const view = new DataView(vector.buffer, vector.byteOffset, vector.byteLength);
    for (let i = 0; i < dimension; i++) features[row * dimension + i] = view.getFloat32(i * 4, true);
  });
  const gaussian = {
    dimension,
    mean: readFloat64(reference.mean),
    covariance: readFloat64(reference.covariance),
    count: reference.n,
  };
  const { value, low, high } = bootstrapFrechet(features, dimension, gaussian, BOOTSTRAP);
  return [
    {
      metric: extractor.distanceLabel.toLowerCase(),
      protocol: {
        metric: "fd",
        encoder: extractor.id,
        preprocessing: extractor.preprocessing,
        samples: n,
        reference: reference.manifestSha256,
        codeVersion: METRIC_CODE_VERSION,
      },
      value,
      low,
      high,
      n,
      caveat: sizeBiasCaveat(n, dimension),
    },
  ];
}

function readFloat64(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}
