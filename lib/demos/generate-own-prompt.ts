import { Prisma } from "@/lib/db/generated/client";
import { checkImage } from "@/lib/media/check-image";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { checkNow } from "@/lib/moderation/checks/check-image";
import { inTransaction, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { drawDemo, type DemoOrder } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { readBundledModels } from "@/lib/demos/bundled-cards";
import { plan } from "@/lib/demos/demo-orders";
import type { DrawingFailure } from "@/lib/schemas/stack/drawing-failure";

type Tools = { db: Db; client: GuardedClient; signal: AbortSignal; retriesLeft: boolean };
type Place = { drawingId: string; modelId: string };

/** Orders in flight: half of one of the backend's batches, as for the page's own images. */
const AT_ONCE = 4;

/**
 * Draw what is missing of a visitor's drawing, each model at its own settings. Each image is kept as soon as it is there, and one
 * that the backend refuses is told as such, so a job that is tried again orders only the rest.
 * @throws SalonError not_ready (retryable) while the backend is away or busy and tries are left
 */
export async function drawPrompt(drawingId: string, tools: Tools): Promise<void> {
  const { db } = tools;
  const drawing = await db.drawing.findUnique({
    where: { id: drawingId },
    include: {
      images: {
        where: { artifactHash: null, failure: { equals: Prisma.DbNull } },
        select: { modelId: true },
      },
    },
  });
  if (drawing === null) return;
  const missing = new Set(drawing.images.map(({ modelId }) => modelId));
  const queue = (await readBundledModels(db)).filter(({ id }) => missing.has(id));
  const drawSome = async () => {
    for (let model = queue.shift(); model; model = queue.shift()) {
      const { weights: _, ...order } = plan(model.card, { index: 0, text: drawing.prompt });
      try {
        await drawOne({ drawingId, modelId: model.id }, { ...order, seed: drawing.seed }, tools);
      } catch (error) {
        queue.length = 0; // the others end with the image they are at
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, drawSome));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  // A model that is no longer there has nothing to wait for.
  await endDrawing(drawingId, { code: "not_served" }, db);
}

/** Tell of every image that is still awaited why it will not come. */
export async function endDrawing(drawingId: string, failure: DrawingFailure, db: Db): Promise<void> {
  await db.drawingImage.updateMany({
    where: { drawingId, artifactHash: null, failure: { equals: Prisma.DbNull } },
    data: { failure },
  });
}

async function drawOne(place: Place, order: DemoOrder, tools: Tools): Promise<void> {
  const { db, client, signal, retriesLeft } = tools;
  const here = { drawingId_modelId: place };
  signal.throwIfAborted();
  try {
    const { image, unknownWords, unreadWords } = await drawDemo(order, client, signal);
    const checked = await checkImage(image);
    if ((await checkNow({ prompt: order.prompt, image: checked }, { client, signal }, db)) !== null)
      return void (await noteFailure(here, { code: "held" }, db));
    const { bytes, mediaType, width, height } = checked;
    await putArtifact(bytes);
    await inTransaction(async (tx) => {
      const [artifactHash] = await keepArtifacts([{ bytes, row: { mediaType, width, height } }], tx);
      await tx.drawingImage.update({ where: here, data: { artifactHash, unknownWords, unreadWords } });
    }, db);
  } catch (error) {
    if (!(error instanceof SalonError) || (error.retryable && retriesLeft)) throw error;
    const said = error.message;
    await noteFailure(here, error.retryable ? { code: "backend_away" } : { code: "refused", said }, db);
  }
}

async function noteFailure(
  where: { drawingId_modelId: Place },
  failure: DrawingFailure,
  db: Db,
): Promise<void> {
  await db.drawingImage.update({ where, data: { failure } });
}
