import { randomInt } from "node:crypto";
import type { BatchQueue } from "@/generation/batch-queue";
import type { BatchTiming, GeneratedImage, ImageTask, SamplingSettings } from "@/generation/generate-images";
import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import { jsonBody, limitBody, requireJson } from "@/generation/http/json-body";
import type { ImageFiles } from "@/generation/image-files";
import { samplersOf, sizesOf, type ModelCard } from "@/generation/model-card";
import type { ModelLibrary } from "@/generation/model-library";
import { readPrompt } from "@/generation/read-prompt";
import { parseImageRequest, type ImageRequest } from "./image-request";
import { enhance, type PromptQueue } from "./completions";
import { findCard } from "./models";
import { invalidValue, notOffered } from "./parse-body";
import { roundedMs, submitToQueue } from "./submit-to-queue";

/** An image to draw, with all that decides which batch it may join. */
export interface QueuedImage extends ImageTask {
  model: string;
  settings: SamplingSettings;
}

/** A drawn image; the images of one batch share one `timing` object. */
export interface DrawnImage extends GeneratedImage {
  timing: BatchTiming & { load: number };
  /** Its even share of the batch's denoising, decoding and encoding, in wall-clock milliseconds. */
  computeMs: number;
}

export type ImageQueue = BatchQueue<QueuedImage, DrawnImage>;

/** POST /v1/images/generations, and GET /v1/images/files/:id for what it answered by URL. */
export function imageRoutes(
  library: ModelLibrary,
  { images: queue, prompts: promptQueue }: { images: ImageQueue; prompts: PromptQueue },
  files: ImageFiles,
) {
  return newRoutes()
    .post("/v1/images/generations", requireJson, limitBody(), jsonBody(parseImageRequest), async (c) => {
      const wanted = c.req.valid("json");
      const card = findCard(library, wanted.model);
      const settings = settingsFor(card, wanted);
      const seed = wanted.seed ?? randomInt(2 ** 32);
      const seeds = Array.from({ length: wanted.n ?? 1 }, (_, index) => seed + index);
      const format = wanted.output_format ?? "png";
      const asked = seeds.map((each) => ({ prompt: wanted.prompt, seed: each }));
      const enhanced = wanted.enhance
        ? await enhanceAll(library, promptQueue, asked, c.var.signal)
        : undefined;
      const { results, queuedMs } = await draw(
        queue,
        asked.map(({ prompt, seed: each }, index) => ({
          model: card.id,
          settings,
          prompt: enhanced?.prompts[index] ?? prompt,
          seed: each,
          format,
        })),
        c.var.signal,
      );
      const link = (bytes: Buffer) =>
        `${new URL(c.req.url).origin}/v1/images/files/${files.put({ bytes, contentType: `image/${format}` })}`;
      const handOut = (bytes: Buffer) =>
        wanted.response_format === "url" ? { url: link(bytes) } : { b64_json: bytes.toString("base64") };
      return c.json({
        created: Math.floor(Date.now() / 1000),
        data: results.map(({ bytes, frames }, index) => ({
          ...handOut(bytes),
          ...(enhanced ? { revised_prompt: enhanced.prompts[index] } : {}),
          ...(wanted.frames === undefined
            ? {}
            : {
                frames: frames.map(({ step, noise, sample, estimate }) => ({
                  step,
                  noise,
                  sample: handOut(sample),
                  estimate: handOut(estimate),
                })),
              }),
        })),
        salon: {
          model: card.id,
          sampler: settings.sampler,
          steps: settings.steps,
          guidanceScale: settings.guidanceScale,
          seeds,
          ...unreadOf(enhanced?.prompts ?? [wanted.prompt], card),
          ...(enhanced ? { enhancer: enhanced.used } : {}),
          computeMs: roundedMs(results.reduce((sum, { computeMs }) => sum + computeMs, 0)),
          timingMs: {
            ...(enhanced ? { enhance: enhanced.ms } : {}),
            ...timings(queuedMs, results),
          },
        },
      });
    })
    .get("/v1/images/files/:id", (c) => {
      const file = files.get(c.req.param("id"));
      if (!file) throw new ApiError(404, "file_not_found", "There is no such image, or it has expired.");
      return c.body(new Uint8Array(file.bytes), 200, {
        "content-type": file.contentType,
        "cache-control": "private, max-age=3600, immutable",
      });
    });
}

function settingsFor(card: ModelCard, wanted: ImageRequest): SamplingSettings {
  const { size = "auto", sampler = card.sampler.default } = wanted;
  const sizes = ["auto", ...sizesOf(card)];
  if (!sizes.includes(size)) throw notOffered("size", size, { id: card.id, offered: sizes });
  const samplers = samplersOf(card.family);
  if (!samplers.includes(sampler)) throw notOffered("sampler", sampler, { id: card.id, offered: samplers });
  const { guidance_scale = card.sampler.guidanceScale, frames = 0 } = wanted;
  const steps = wanted.steps ?? wanted.num_inference_steps ?? card.sampler.steps;
  if (frames > steps) {
    throw invalidValue("frames", `${steps} steps have at most ${steps} frames`);
  }
  return { sampler, steps, guidanceScale: guidance_scale, frames };
}

/** Every image's prompt through the prompt enhancer, with the image's own seed. */
async function enhanceAll(
  library: ModelLibrary,
  queue: PromptQueue,
  asked: readonly { prompt: string; seed: number }[],
  signal: AbortSignal,
) {
  const [card] = library.listEnhancers();
  if (!card) throw invalidValue("enhance", "there is no prompt enhancer here");
  const { steps, temperature } = card.sampler;
  const started = performance.now();
  const { written } = await enhance(queue, card, { steps, temperature }, asked, signal);
  return {
    prompts: written.map(({ text }) => text),
    used: { model: card.id, sampler: card.sampler.default, steps, temperature },
    ms: roundedMs(performance.now() - started),
  };
}

/** Which words the model did not know, and how many it did not come to, over the prompts that were drawn. */
function unreadOf(prompts: readonly string[], card: ModelCard) {
  const read = prompts.map((prompt) => readPrompt(prompt, card));
  return {
    unknownWords: [...new Set(read.flatMap(({ unknown }) => unknown))],
    unreadWords: Math.max(...read.map(({ unread }) => unread)),
  };
}

function draw(queue: ImageQueue, images: QueuedImage[], signal: AbortSignal) {
  const { model, settings } = images[0];
  const { sampler, steps, guidanceScale, frames } = settings;
  return submitToQueue(queue, [model, sampler, steps, guidanceScale, frames].join(" "), images, signal);
}

/** Milliseconds, to a tenth. Each batch counts once, however many of the request's images were in it. */
function timings(queuedMs: number, images: readonly DrawnImage[]) {
  const batches = [...new Set(images.map((image) => image.timing))];
  const sum = (part: keyof DrawnImage["timing"]) =>
    roundedMs(batches.reduce((total, batch) => total + batch[part], 0));
  return {
    queue: roundedMs(queuedMs),
    load: sum("load"),
    denoise: sum("denoise"),
    decode: sum("decode"),
    encode: sum("encode"),
  };
}
