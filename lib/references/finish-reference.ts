import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { ReferenceFailure } from "@/lib/schemas/reasons/reference-failure";
import { enqueueExamination } from "@/lib/queue/requests/request-diagnostics";
import { float64Bytes, readFloat32Rows } from "@/lib/numerics/float-bytes";
import type { ReferenceReader } from "@/lib/references/reference-reader";
import { readingOf } from "@/lib/encoders/encoder-spec";
import { featuresId } from "@/lib/encoders/features-id";
import { manifestHash } from "@/lib/encoders/manifest";
import { gaussianOf } from "@/lib/metrics/frechet-distance";
import { MomentsAccumulator } from "@/lib/metrics/moments";

/** Features read at a time: 2,000 of 2,048 dimensions take 16 MB. */
const BLOCK = 2_000;

type Statistics = {
  encoderId: string;
  preprocessing: string;
  dimension: number;
  manifestSha256: string;
  n: number | null;
  mean: Uint8Array<ArrayBuffer>;
  covariance: Uint8Array<ArrayBuffer>;
  resolutions?: Prisma.InputJsonObject;
  formats?: Prisma.InputJsonObject;
  videos?: Prisma.InputJsonObject;
};

/**
 * Make a set READY: with imported statistics, or with those of its samples, which all have their features by now. Runs
 * that are compared with its samples are then examined (again).
 * @returns what hinders it: too few samples, or the same ones there already under the same encoder; null: it is done
 */
export async function finishReference(
  id: string,
  from: Statistics | Pick<ReferenceReader, "encoder" | "noun">,
  db: Db,
): Promise<ReferenceFailure | null> {
  const statistics = "manifestSha256" in from ? from : await summarise(id, from, db);
  if ("code" in statistics) return statistics;
  return inTransaction(async (tx): Promise<ReferenceFailure | null> => {
    const { manifestSha256, encoderId, preprocessing } = statistics;
    const same = await tx.referenceSet.findFirst({
      where: { manifestSha256, encoderId, preprocessing, id: { not: id } },
      select: { name: true },
    });
    if (same) {
      const of = "manifestSha256" in from ? "statistics" : from.noun;
      return { code: "already_here", of, name: same.name };
    }
    const { count } = await tx.referenceSet.updateMany({
      where: { id, state: "BUILDING" },
      data: { ...statistics, state: "READY", source: null, createdAt: new Date() },
    });
    if (count === 0) return null;
    const { scoresSamples } = await tx.referenceSet.findUniqueOrThrow({ where: { id } });
    if (scoresSamples) await examineAllRuns(tx);
    return null;
  }, db);
}

/** Queue the examination of every published run: what they are compared with has changed. */
export async function examineAllRuns(tx: Tx): Promise<void> {
  const runs = await tx.run.findMany({ where: { state: "PUBLISHED" }, select: { id: true } });
  for (const run of runs) await enqueueExamination(run.id, tx);
}

async function summarise(
  id: string,
  { encoder, noun }: Pick<ReferenceReader, "encoder" | "noun">,
  db: Db,
): Promise<Statistics | ReferenceFailure> {
  const { dimension, id: encoderId, preprocessing } = encoder;
  const accumulator = new MomentsAccumulator(dimension);
  const hashes: string[] = [];
  for (;;) {
    const rows = await db.$queryRaw<{ hash: string; vector: Uint8Array }[]>`
      select p.artifact_hash as hash, e.vector from reference_images p
      join embeddings e on e.artifact_hash = p.artifact_hash and e.encoder_id = ${featuresId(encoder)}
      where p.reference_set_id = ${id} and p.index >= ${hashes.length}
      order by p.index limit ${BLOCK}`;
    if (rows.length === 0) break;
    const vectors = rows.map(({ vector }) => vector);
    accumulator.add(readFloat32Rows(vectors, dimension));
    for (const { hash } of rows) hashes.push(hash);
  }
  if (hashes.length < 2) return { code: "too_few", of: noun, n: hashes.length };
  const { mean, covariance } = gaussianOf(accumulator.finish());
  return {
    encoderId,
    preprocessing,
    dimension,
    manifestSha256: manifestHash(hashes),
    n: hashes.length,
    mean: float64Bytes(mean),
    covariance: float64Bytes(covariance),
    resolutions: await histogram(id, "resolution", db),
    formats: await histogram(id, "format", db),
    ...(noun === "video" && { videos: await videoFacts(id, readingOf(preprocessing).frames ?? 0, db) }),
  };
}

async function histogram(id: string, of: "resolution" | "format", db: Db): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ value: string; n: number }[]>`
    select case when ${of}::text = 'format' then coalesce(a.video_codec, replace(a.media_type, 'image/', ''))
      else a.width || 'x' || a.height end as value, count(*)::int as n
    from reference_images p join artifacts a on a.sha256 = p.artifact_hash
    where p.reference_set_id = ${id}
    group by 1 order by 2 desc, 1`;
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]));
}

/** Of videos: how many frames were read of each, and, of those whose files say so, their frame rates and how long they last. */
async function videoFacts(id: string, frames: number, db: Db): Promise<Prisma.InputJsonObject> {
  const rates = await db.$queryRaw<{ rate: string; n: number }[]>`
    select trim_scale(round(a.video_rate::numeric, 2))::text as rate, count(*)::int as n
    from reference_images p join artifacts a on a.sha256 = p.artifact_hash
    where p.reference_set_id = ${id} and a.video_rate is not null
    group by 1 order by 2 desc, 1`;
  const [seconds] = await db.$queryRaw<
    { least: number | null; median: number | null; most: number | null }[]
  >`
    select min(s) as least, percentile_cont(0.5) within group (order by s) as median, max(s) as most
    from (
      select a.video_seconds as s
      from reference_images p join artifacts a on a.sha256 = p.artifact_hash
      where p.reference_set_id = ${id} and a.video_seconds is not null
    ) timed`;
  return {
    frames,
    rates: Object.fromEntries(rates.map(({ rate, n }) => [rate, n])),
    ...(seconds.least !== null && { seconds: { ...seconds } }),
  };
}
