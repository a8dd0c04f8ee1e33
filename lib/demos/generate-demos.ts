import { makeFilmstrip } from "@/lib/media/filmstrip";
import { checkImage, type CheckedImage } from "@/lib/media/check-image";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { drawDemo, type DrawnDemo } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { readBundledModels } from "@/lib/demos/bundled-cards";
import { imageKey, planDemos, type PlannedImage } from "@/lib/demos/demo-orders";
import { generateDemoClips } from "@/lib/demos/generate-demo-clips";
import { gradeDemos } from "@/lib/demos/grade-demos";
import { readDemoPrompts } from "@/lib/demos/demo-prompts";
import { generateReconstructions } from "@/lib/demos/generate-reconstructions";
import { writeDemoTexts } from "@/lib/demos/write-demo-texts";

type Tools = { db: Db; client: GuardedClient; signal: AbortSignal };

/** Orders in flight: enough for the backend to fill half a batch, so that voters' own prompts do not wait long. */
const AT_ONCE = 4;

/**
 * Generate what /stack shows and is not generated yet, and grade it. Each image is kept as soon as it is there, so a job that was
 * killed goes on where it stood, and one that has nothing to do does nothing. One that the backend refuses is passed over.
 * @throws SalonError not_ready (retryable) while the backend is away or busy; invalid_request, after all the rest is generated,
 *   naming the first image that was refused
 */
export async function generateDemos({ db, client, signal }: Tools): Promise<void> {
  await writeDemoTexts({ db, client, signal });
  const prompts = await readDemoPrompts(db);
  const cards = (await readBundledModels(db)).map(({ card }) => card);
  const planned = planDemos(cards, prompts);
  const generated = new Set((await db.demoImage.findMany({ omit: { createdAt: true } })).map(imageKey));
  const missing = planned.filter((image) => !generated.has(imageKey(image)));
  const refused = await generateAll(missing, { db, client, signal });
  refused.push(...(await generateDemoClips({ db, client, signal })));
  await gradeDemos(prompts, db, signal);
  await generateReconstructions(cards, { db, client, signal });
  if (refused.length > 0) {
    const [{ image, reason }] = refused;
    throw new SalonError(
      "invalid_request",
      `${refused.length} images or clips could not be generated; the first: ${image.model}, "${image.prompt}". ${reason}`,
    );
  }
}

async function generateAll(
  images: readonly PlannedImage[],
  tools: Tools,
): Promise<{ image: PlannedImage; reason: string }[]> {
  const refused: { image: PlannedImage; reason: string }[] = [];
  const queue = [...images];
  const generateSome = async () => {
    for (let image = queue.shift(); image; image = queue.shift()) {
      tools.signal.throwIfAborted();
      try {
        await generateOne(image, tools);
      } catch (error) {
        if (!(error instanceof SalonError) || error.retryable) {
          queue.length = 0; // the others end with the image they are at
          throw error;
        }
        refused.push({ image, reason: error.message });
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, generateSome));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return refused;
}

/** Generate one image and keep it: bytes first, then the rows that name them. One that is there already stays as it is. */
export async function generateOne(image: PlannedImage, { db, client, signal }: Tools): Promise<void> {
  const { weights, ...order } = image;
  const drawn = await drawDemo(order, client, signal);
  const result = await checkImage(drawn.image);
  const filmstrip = await filmstripOf(drawn, result.width);
  const kept = [result, ...(filmstrip ? [filmstrip] : [])];
  await Promise.all(kept.map(({ bytes }) => putArtifact(bytes)));
  await inTransaction(async (tx) => {
    const [artifactHash, filmstripHash = null] = await keepArtifacts(
      kept.map(({ bytes, mediaType, width, height }) => ({ bytes, row: { mediaType, width, height } })),
      tx,
    );
    await tx.demoImage.createMany({
      data: [
        {
          id: newId("demoImage"),
          weights,
          ...order,
          frames: drawn.frames.length,
          artifactHash,
          filmstripHash,
          computeMs: drawn.computeMs,
        },
      ],
      skipDuplicates: true,
    });
  }, db);
}

async function filmstripOf(drawn: DrawnDemo, side: number): Promise<CheckedImage | null> {
  if (drawn.frames.length === 0) return null;
  const way = drawn.frames.map(({ sample, estimate }) => ({ top: sample, bottom: estimate }));
  return checkImage(await makeFilmstrip([...way, { top: drawn.image, bottom: drawn.image }], side));
}
