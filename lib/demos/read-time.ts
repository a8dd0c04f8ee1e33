import { db, type Tx } from "@/lib/db/client";
import { readBundledModels } from "@/lib/demos/bundled-cards";
import { DEMO_CLIP, planClip } from "@/lib/demos/demo-clips";
import { CLIP_PROMPTS, VIDEO_AUTOENCODER } from "@/lib/demos/demo-content";
import { demosAreWaiting } from "@/lib/demos/demos-are-waiting";
import { imageKey } from "@/lib/demos/demo-orders";
import { readModelFacts } from "@/lib/scores/model-facts";
import { videoAutoencoderCardSchema } from "@/lib/schemas/stack/bundled-card";
import type { TimeView } from "@/lib/schemas/stack/stack-page";

/** All that /stack shows about time: the models of clips that are served, their clips as far as they are drawn, and the autoencoder's card. */
export async function readTime(tx: Tx = db()): Promise<TimeView> {
  const rows = await readBundledModels(tx, "TEXT_TO_VIDEO");
  const { facts } = await readModelFacts(
    rows.map(({ id }) => id),
    null,
    tx,
  );
  const drawn = await tx.demoImage.findMany({ where: { model: { in: rows.map(({ card }) => card.id) } } });
  const urls = new Map(drawn.map((image) => [imageKey(image), `/media/demos/${image.id}/sheet`]));
  const prompts = CLIP_PROMPTS.map(({ verb, prompt }) => ({
    ...{ verb, prompt },
    clips: rows.map(({ slug, name, card }) => ({
      ...{ slug, name },
      url: urls.get(imageKey(planClip(card, prompt))) ?? null,
    })),
  }));
  const clips = prompts.flatMap((each) => each.clips);
  const autoencoder = await tx.backendCard.findUnique({ where: { id: VIDEO_AUTOENCODER } });
  return {
    models: rows.map(({ id, slug, name, card }) => ({
      slug,
      name,
      card,
      metrics: facts.get(id)?.metrics ?? {},
    })),
    clip: DEMO_CLIP,
    prompts,
    autoencoder: videoAutoencoderCardSchema.safeParse(autoencoder?.card).data ?? null,
    progress: {
      generated: clips.filter(({ url }) => url !== null).length,
      planned: clips.length,
      waiting: await demosAreWaiting(tx),
    },
  };
}
