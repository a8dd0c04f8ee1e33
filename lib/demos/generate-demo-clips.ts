import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { readBundledModels } from "@/lib/demos/bundled-cards";
import { planClips } from "@/lib/demos/demo-clips";
import { VIDEO_AUTOENCODER } from "@/lib/demos/demo-content";
import { imageKey, type PlannedImage } from "@/lib/demos/demo-orders";
import { readVideo } from "@/lib/encoders/read-video";
import { SalonError } from "@/lib/errors";
import { drawBundledClip } from "@/lib/providers/draw-bundled-clip";
import { fetchBundledCard } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";

type Tools = { db: Db; client: GuardedClient; signal: AbortSignal };

/**
 * Keep the video autoencoder's card, and draw the clips of /stack that are not drawn yet, one after another: the backend draws one at a
 * time too. Each is kept as soon as it is there; one that the backend refuses is passed over.
 * @returns the refused ones
 * @throws SalonError not_ready (retryable) while the backend is away or busy
 */
export async function generateDemoClips({ db, client, signal }: Tools) {
  await keepAutoencoderCard({ db, client, signal });
  const cards = (await readBundledModels(db, "TEXT_TO_VIDEO")).map(({ card }) => card);
  const models = cards.map(({ id }) => id);
  const drawn = new Set((await db.demoImage.findMany({ where: { model: { in: models } } })).map(imageKey));
  const refused: { image: PlannedImage; reason: string }[] = [];
  for (const image of planClips(cards).filter((each) => !drawn.has(imageKey(each)))) {
    signal.throwIfAborted();
    try {
      await generateClip(image, { db, client, signal });
    } catch (error) {
      if (!(error instanceof SalonError) || error.retryable) throw error;
      refused.push({ image, reason: error.message });
    }
  }
  return refused;
}

/** Bytes first, then the rows that name them. */
async function generateClip({ frames: _, weights, ...order }: PlannedImage, { db, client, signal }: Tools) {
  const { clip: bytes, computeMs } = await drawBundledClip(order, client, signal);
  const { row } = await readVideo({ name: `a clip of ${order.model}`, bytes });
  await putArtifact(bytes);
  await inTransaction(async (tx) => {
    const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
    await tx.demoImage.createMany({
      data: [{ id: newId("demoImage"), weights, ...order, frames: 0, artifactHash, computeMs }],
      skipDuplicates: true,
    });
  }, db);
}

/** A backend without one leaves everything as it is. */
async function keepAutoencoderCard({ db, client, signal }: Tools): Promise<void> {
  const card = await fetchBundledCard(VIDEO_AUTOENCODER, client, signal).catch((error: unknown) => {
    if (error instanceof SalonError && !error.retryable) return null;
    throw error;
  });
  if (card === null) return;
  const id = VIDEO_AUTOENCODER;
  await db.backendCard.upsert({ where: { id }, create: { id, card }, update: { card } });
}
