import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { enqueueExamination } from "@/lib/evaluation/enqueue-examination";
import { float64Bytes, readFloat32Rows } from "@/lib/evaluation/float-bytes";
import { featuresId } from "@/lib/feature-extractors/features-id";
import { manifestHash } from "@/lib/feature-extractors/manifest";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { gaussianOf } from "@/lib/metrics/frechet-distance";
import { MomentsAccumulator } from "@/lib/metrics/moments";

/** Features read at a time: 2,000 of 2,048 dimensions take 16 MB. */
const BLOCK = 2_000;

type Statistics = {
  extractorId: string;
  preprocessing: string;
  dimension: number;
  manifestSha256: string;
  n: number | null;
  mean: Uint8Array<ArrayBuffer>;
  covariance: Uint8Array<ArrayBuffer>;
  resolutions?: Prisma.InputJsonObject;
  formats?: Prisma.InputJsonObject;
};

/**
 * Make a set READY: with imported statistics, or with those of its pictures, which all have their features by now. Runs
 * that are compared with its pictures are then examined (again).
 * @throws SalonError conflict when the same pictures are there already under the same encoder
 */
export async function finishReference(
  id: string,
  from: Statistics | FeatureExtractor,
  db: Db,
): Promise<void> {
  const statistics = "manifestSha256" in from ? from : await summarise(id, from, db);
  await inTransaction(async (tx) => {
    const { manifestSha256, extractorId, preprocessing } = statistics;
    const same = await tx.referenceSet.findFirst({
      where: { manifestSha256, extractorId, preprocessing, id: { not: id } },
      select: { name: true },
    });
    if (same) {
      throw new SalonError(
        "conflict",
        `The same ${"manifestSha256" in from ? "statistics" : "pictures"} are here already, as ${same.name}.`,
      );
    }
    const { count } = await tx.referenceSet.updateMany({
      where: { id, state: "BUILDING" },
      data: { ...statistics, state: "READY", source: null, createdAt: new Date() },
    });
    if (count === 0) return;
    const { scoresSamples } = await tx.referenceSet.findUniqueOrThrow({ where: { id } });
    if (scoresSamples) await examineAllRuns(tx);
  }, db);
}

/** Queue the examination of every published run: what they are compared with has changed. */
export async function examineAllRuns(tx: Tx): Promise<void> {
  const runs = await tx.run.findMany({ where: { state: "PUBLISHED" }, select: { id: true } });
  for (const run of runs) await enqueueExamination(run.id, tx);
}

async function summarise(id: string, extractor: FeatureExtractor, db: Db): Promise<Statistics> {
  const { dimension, id: extractorId, preprocessing } = extractor;
  const accumulator = new MomentsAccumulator(dimension);
  const hashes: string[] = [];
  for (;;) {
    const rows = await db.$queryRaw<{ hash: string; vector: Uint8Array }[]>`
      select p."artifactHash" as hash, e.vector from "ReferencePicture" p
      join "Embedding" e on e."artifactHash" = p."artifactHash" and e."extractorId" = ${featuresId(extractor)}
      where p."referenceSetId" = ${id} and p.index >= ${hashes.length}
      order by p.index limit ${BLOCK}`;
    if (rows.length === 0) break;
    const vectors = rows.map(({ vector }) => vector);
    accumulator.add(readFloat32Rows(vectors, dimension));
    for (const { hash } of rows) hashes.push(hash);
  }
  if (hashes.length < 2) {
    throw new SalonError(
      "invalid_request",
      `It holds ${hashes.length} picture; a reference needs at least 2.`,
    );
  }
  const { mean, covariance } = gaussianOf(accumulator.finish());
  return {
    extractorId,
    preprocessing,
    dimension,
    manifestSha256: manifestHash(hashes),
    n: hashes.length,
    mean: float64Bytes(mean),
    covariance: float64Bytes(covariance),
    resolutions: await histogram(id, "resolution", db),
    formats: await histogram(id, "format", db),
  };
}

async function histogram(id: string, of: "resolution" | "format", db: Db): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ value: string; n: number }[]>`
    select case when ${of}::text = 'format' then replace(a."mediaType", 'image/', '')
      else a.width || 'x' || a.height end as value, count(*)::int as n
    from "ReferencePicture" p join "Artifact" a on a.sha256 = p."artifactHash"
    where p."referenceSetId" = ${id}
    group by 1 order by 2 desc, 1`;
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]));
}
