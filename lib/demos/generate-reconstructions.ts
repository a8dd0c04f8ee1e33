import { checkImage } from "@/lib/media/check-image";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { getArtifact, putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { reconstruct } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";
import { RECONSTRUCTED } from "@/lib/demos/demo-content";

/** A perfect copy of an 8-bit image is written as this many dB: no error as large as half a step. */
const PERFECT_DB = 10 * Math.log10(1 / (0.5 / 255) ** 2);

/**
 * Send the bundled reference set's first images through the latent models' autoencoder, each once a pair of networks. The
 * first answer tells which networks there are.
 * @throws SalonError not_ready (retryable) while the backend is away or busy
 */
export async function generateReconstructions(
  cards: readonly BundledCard[],
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const model = cards.find(({ decoder }) => decoder)?.decoder;
  const images = await db.referenceImage.findMany({
    where: { referenceSet: { kind: "bundled", state: "READY" } },
    orderBy: [{ referenceSetId: "asc" }, { index: "asc" }],
    select: { artifactHash: true },
    take: RECONSTRUCTED,
  });
  if (!model) return;
  const done = new Set<string>();
  let known: string | null = null;
  for (const { artifactHash: originalHash } of images) {
    signal.throwIfAborted();
    if (known !== null && done.has(originalHash)) continue;
    const { image, psnr, weights } = await reconstruct(
      { model, image: await getArtifact(originalHash) },
      client,
      signal,
    );
    if (known !== weights) {
      const rows = await db.reconstruction.findMany({ where: { weights }, select: { originalHash: true } });
      done.clear();
      for (const row of rows) done.add(row.originalHash);
      known = weights;
    }
    if (done.has(originalHash)) continue;
    const result = await checkImage(image);
    const { bytes, mediaType, width, height } = result;
    await putArtifact(bytes);
    await inTransaction(async (tx) => {
      const [artifactHash] = await keepArtifacts([{ bytes, row: { mediaType, width, height } }], tx);
      await tx.reconstruction.createMany({
        data: [{ originalHash, weights, artifactHash, psnr: psnr ?? PERFECT_DB }],
        skipDuplicates: true,
      });
    }, db);
  }
}
