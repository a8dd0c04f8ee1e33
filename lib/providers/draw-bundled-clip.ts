import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { askBackend } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { plainText } from "@/lib/schemas/plain-text";

/** What Salon's own backend can be asked of a clip beyond OpenAI's videos format. */
export interface ClipOrder {
  model: string;
  prompt: string;
  seed: number;
  sampler: string;
  steps: number;
  guidanceScale: number;
}

const POLL_MS = 500;
/** One clip is drawn at a time, and many may come first. */
const PATIENCE_MS = 10 * 60_000;
/** A clip of 17 frames of 64 x 64 is at most 209 kB without any compression. */
const MOST_BYTES = 4_000_000;
const CONTENT_DEADLINE_MS = 30_000;

const videoReply = z.object({
  id: z.string(),
  status: z.enum(["queued", "in_progress", "completed", "failed"]),
  error: z.object({ message: z.string() }).nullish(),
  salon: z.looseObject({ computeMs: z.number().nullish() }).nullish(),
});

/**
 * Have the bundled backend draw one clip of its shortest length, and wait for it. A job that is given up is taken back.
 * @returns the clip as lossless animated WebP
 * @throws SalonError not_ready (retryable) while the backend is away or busy; invalid_request when it refuses the order; the signal's reason
 */
export async function drawBundledClip(
  { guidanceScale, ...order }: ClipOrder,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<{ clip: Buffer; computeMs: number | null }> {
  const body = JSON.stringify({ ...order, guidance_scale: guidanceScale });
  let video = videoReply.parse(await askBackend("/v1/videos", client, body, signal));
  const path = `/v1/videos/${encodeURIComponent(video.id)}`;
  const end = Date.now() + PATIENCE_MS;
  try {
    while (video.status === "queued" || video.status === "in_progress") {
      if (Date.now() > end)
        throw new SalonError("not_ready", "The generation backend takes too long over a clip.");
      await wait(POLL_MS, undefined, { signal });
      video = videoReply.parse(await askBackend(path, client, undefined, signal));
    }
  } catch (error) {
    await takeBack(path, client);
    throw signal?.aborted ? signal.reason : error;
  }
  if (video.status === "failed")
    throw new SalonError(
      "invalid_request",
      `The generation backend could not draw a clip: ${plainText(video.error?.message ?? "it does not say why", 500)}`,
    );
  return { clip: await contentOf(path, client, signal), computeMs: video.salon?.computeMs ?? null };
}

async function contentOf(path: string, client: GuardedClient, signal?: AbortSignal): Promise<Buffer> {
  const url = `${env().generationUrl}${path}/content?format=webp`;
  const { status, body } = await client
    .send({ url, owner: "bundled", maxBytes: MOST_BYTES, deadlineMs: CONTENT_DEADLINE_MS, signal })
    .catch((cause: unknown) => {
      if (signal?.aborted) throw signal.reason;
      throw new SalonError("not_ready", "The generation backend does not answer.", { cause });
    });
  if (status === 200) return body;
  throw new SalonError("not_ready", `The generation backend has no clip to give (HTTP ${status}).`);
}

/** Nobody waits for it any more; a backend that is away has nothing to take back. */
async function takeBack(path: string, client: GuardedClient): Promise<void> {
  const url = `${env().generationUrl}${path}`;
  await client
    .send({ url, owner: "bundled", method: "DELETE", maxBytes: 20_000, deadlineMs: 5_000 })
    .catch(() => undefined);
}
