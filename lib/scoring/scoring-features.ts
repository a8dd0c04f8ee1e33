import type { Tx } from "@/lib/db/client";
import { readFloat32Rows, readFloat64 } from "@/lib/numerics/float-bytes";
import type { EncoderKey, ScoringEncoder } from "@/lib/references/reference-reader";
import { featuresId } from "@/lib/encoders/features-id";
import type { Gaussian } from "@/lib/metrics/frechet-distance";

type Encoder = EncoderKey;
type Identity = Pick<EncoderKey, "id" | "preprocessing"> & Pick<ScoringEncoder, "referenceId">;

/** The sets that an encoder is set against: the one that a board chose for it, or those that the site uses it with. */
const setsOf = ({ id, preprocessing, referenceId }: Identity, use: "scoresDistance" | "scoresSamples") =>
  ({
    encoderId: id,
    preprocessing,
    state: "READY",
    ...(referenceId === null ? { [use]: true } : { id: referenceId }),
  }) as const;

/** Statistics that runs' Fréchet distances are taken to under an encoder; null when there are none. */
export async function distanceReference(
  encoder: Identity,
  tx: Tx,
): Promise<{ id: string; manifest: string; gaussian: Gaussian } | null> {
  const row = await tx.referenceSet.findFirst({
    where: setsOf(encoder, "scoresDistance"),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!row?.mean || !row.covariance || row.manifestSha256 === null) return null;
  return {
    id: row.id,
    manifest: row.manifestSha256,
    gaussian: {
      dimension: row.dimension,
      mean: readFloat64(row.mean),
      covariance: readFloat64(row.covariance),
      count: row.n ?? undefined,
    },
  };
}

/** The manifest of those statistics, without reading them; null when there are none. */
export async function distanceManifest(encoder: Identity, tx: Tx): Promise<string | null> {
  const row = await tx.referenceSet.findFirst({
    where: setsOf(encoder, "scoresDistance"),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { manifestSha256: true },
  });
  return row?.manifestSha256 ?? null;
}

/** The reference set whose single images runs are compared with; null when there is none. */
export async function sampleReference(encoder: Identity, tx: Tx) {
  return tx.referenceSet.findFirst({
    // Imported statistics have no single images.
    where: { ...setsOf(encoder, "scoresSamples"), images: { some: {} } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, name: true, n: true, manifestSha256: true, formats: true, resolutions: true },
  });
}

/** Features [n, d] of a reference set's images, by index. */
export async function referenceFeatures(
  referenceSetId: string,
  encoder: Encoder,
  tx: Tx,
): Promise<Float32Array> {
  const rows = await tx.$queryRaw<{ vector: Uint8Array }[]>`
    select e.vector from reference_images p
    join embeddings e on e.artifact_hash = p.artifact_hash and e.encoder_id = ${featuresId(encoder)}
    where p.reference_set_id = ${referenceSetId}
    order by p.index`;
  return readFloat32Rows(
    rows.map(({ vector }) => vector),
    encoder.dimension,
  );
}

/**
 * A run's embedded samples with their features [n, d], of all prompts or of these only. The order, by prompt, is part of
 * every result.
 */
export async function runFeatures(
  runId: string,
  encoder: Encoder,
  tx: Tx,
  promptIds?: string[],
): Promise<{ samples: { id: string; artifactHash: string }[]; features: Float32Array }> {
  const rows = await tx.$queryRaw<{ id: string; artifactHash: string; vector: Uint8Array }[]>`
    select s.id, s.artifact_hash as "artifactHash", e.vector from samples s
    join prompts p on p.id = s.prompt_id
    join embeddings e on e.artifact_hash = s.artifact_hash and e.encoder_id = ${featuresId(encoder)}
    where s.run_id = ${runId}
      and (${promptIds === undefined} or s.prompt_id = any (${promptIds ?? []}::text[]))
    order by p.index, s.index`;
  return {
    samples: rows.map(({ id, artifactHash }) => ({ id, artifactHash })),
    features: readFloat32Rows(
      rows.map(({ vector }) => vector),
      encoder.dimension,
    ),
  };
}
