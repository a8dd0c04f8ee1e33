import { randomInt } from "node:crypto";
import { accepts } from "hono/accepts";
import type { BatchQueue } from "@/generation/batch-queue";
import {
  NoMp4Error,
  VIDEO_FORMATS,
  VIDEO_MEDIA_TYPES,
  type ClipPixels,
  type VideoFileFormat,
} from "@/generation/clips/encode-clip";
import { framesOfSeconds, secondsOfFrames } from "@/generation/clips/frame-counts";
import type { ClipSettings, ClipTask } from "@/generation/clips/generate-clips";
import { isFramewise, videoSizesOf, type VideoCard } from "@/generation/clips/video-card";
import type { DrawnVideo, VideoJob, VideoJobs, VideoOrder } from "@/generation/clips/video-jobs";
import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import { limitBody } from "@/generation/http/json-body";
import { samplersOf } from "@/generation/model-card";
import type { ModelLibrary } from "@/generation/model-library";
import { decodeDataUrl, readPixels } from "@/generation/read-image";
import { readClipPrompt, readPrompt, type ReadPrompt } from "@/generation/read-prompt";
import { CLIP_FPS, CLIP_FRAMES } from "@/lib/schemas/stack/clip";
import { findVideoCard } from "./models";
import { invalidValue, notOffered } from "./parse-body";
import { asRefusal, roundedMs, submitToQueue } from "./submit-to-queue";
import { readVideoRequest, VIDEO_BODY_LIMIT, type VideoRequest } from "./video-request";

/** A clip to draw, and who is told how far it is. */
export interface QueuedVideo extends ClipTask {
  model: string;
  settings: ClipSettings;
  onProgress: (share: number) => void;
}

export type VideoQueue = BatchQueue<QueuedVideo, DrawnVideo>;
export type Mp4Queue = BatchQueue<ClipPixels, Buffer>;

/** POST /v1/videos in OpenAI's form: an order is taken at once, asked after at GET /v1/videos/:id, and its file lies at :id/content. */
export function videoRoutes(
  library: ModelLibrary,
  { videos: queue, mp4s }: { videos: VideoQueue; mp4s: Mp4Queue },
  jobs: VideoJobs,
  onError: (error: unknown) => void,
) {
  const find = (id: string): VideoJob => {
    const job = jobs.get(id);
    if (job) return job;
    const why = "it was deleted, has expired, never was, or was asked for before the server's last start";
    throw new ApiError(404, "video_not_found", `There is no video '${id.slice(0, 100)}': ${why}.`);
  };
  return newRoutes()
    .post("/v1/videos", limitBody(VIDEO_BODY_LIMIT), async (c) => {
      const wanted = await readVideoRequest(c.req);
      const card = findVideoCard(library, wanted.model);
      const order = orderOf(library, card, wanted);
      // Before work is done for it, and after: others may have come meanwhile.
      requireRoom(queue);
      const first = await firstFrameOf(card, wanted);
      requireRoom(queue);
      const job = jobs.add(order);
      start(job, first, { queue, jobs, onError });
      return c.json(describe(job));
    })
    .get("/v1/videos/:id", (c) => c.json(describe(find(c.req.param("id")))))
    .delete("/v1/videos/:id", (c) => {
      const job = find(c.req.param("id"));
      jobs.remove(job);
      return c.json({ id: job.id, object: "video.deleted", deleted: true });
    })
    .get("/v1/videos/:id/content", async (c) => {
      const job = find(c.req.param("id"));
      const format = wantedFormat(c.req.query("format"), () =>
        accepts(c, {
          header: "Accept",
          supports: Object.values(VIDEO_MEDIA_TYPES),
          default: VIDEO_MEDIA_TYPES.webp,
        }),
      );
      const { variant = "video" } = c.req.query();
      if (variant !== "video") throw invalidValue("variant", "there is the video alone");
      const bytes = await contentOf(job, format, mp4s);
      return c.body(new Uint8Array(bytes), 200, {
        "content-type": VIDEO_MEDIA_TYPES[format.name],
        "cache-control": "private, max-age=3600, immutable",
        vary: "accept",
      });
    });
}

/** @throws ApiError 429 when one more order would not be taken, 503 when the server stops */
function requireRoom(queue: VideoQueue): void {
  try {
    queue.check(1);
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Draw a job's clip when its turn comes, whoever still listens. */
function start(
  job: VideoJob,
  first: Float32Array | null,
  { queue, jobs, onError }: { queue: VideoQueue; jobs: VideoJobs; onError: (error: unknown) => void },
): void {
  const { model, prompt, seed, settings } = job.order;
  const onProgress = (share: number) => {
    job.status = "in_progress";
    // The file is still to be made when all is drawn.
    job.progress = Math.min(99, Math.floor(share * 100));
  };
  submitToQueue(queue, model, [{ model, settings, prompt, seed, first, onProgress }], job.stop.signal).then(
    ({ results: [video], queuedMs }) => {
      job.queuedMs = queuedMs;
      jobs.complete(job, video);
    },
    (error: unknown) => {
      if (job.stop.signal.aborted) return;
      const { code, message } =
        error instanceof ApiError ? error : new ApiError(500, "internal_error", "The server failed.");
      if (!(error instanceof ApiError)) onError(error);
      jobs.fail(job, { code, message });
    },
  );
}

function orderOf(library: ModelLibrary, card: VideoCard, wanted: VideoRequest): VideoOrder {
  const { size = "auto", sampler = card.sampler.default } = wanted;
  const sizes = ["auto", ...videoSizesOf(card)];
  if (!sizes.includes(size)) throw notOffered("size", size, { id: card.id, offered: sizes });
  const samplers = samplersOf("flow");
  if (!samplers.includes(sampler)) throw notOffered("sampler", sampler, { id: card.id, offered: samplers });
  if (isFramewise(card)) refuseWhatNeedsTime(card.id, wanted);
  const { unknown, unread } = readOf(library, card, wanted.prompt);
  return {
    model: card.id,
    prompt: wanted.prompt,
    seed: wanted.seed ?? randomInt(2 ** 32),
    imageSize: card.imageSize,
    settings: {
      sampler,
      steps: wanted.steps ?? wanted.num_inference_steps ?? card.sampler.steps,
      guidanceScale: wanted.guidance_scale ?? card.sampler.guidanceScale,
      frames: wanted.frames ?? (wanted.seconds === undefined ? card.frames : framesOfSeconds(wanted.seconds)),
      anchors: wanted.anchors ?? 4,
    },
    hasFirst: wanted.input_reference !== undefined,
    isFramewise: isFramewise(card),
    unknownWords: unknown,
    unreadWords: unread,
  };
}

function refuseWhatNeedsTime(id: string, wanted: VideoRequest): void {
  for (const name of ["input_reference", "anchors"] as const)
    if (wanted[name] !== undefined)
      throw invalidValue(name, `${id} draws each frame by itself, from the prompt alone`);
}

function readOf(library: ModelLibrary, card: VideoCard, prompt: string): ReadPrompt {
  return isFramewise(card)
    ? readPrompt(prompt, library.card(card.drawnBy.model)!)
    : readClipPrompt(prompt, card);
}

/** The image that a clip begins with: resized, and cut to its middle where it is not square. */
async function firstFrameOf(
  { imageSize }: VideoCard,
  { input_reference: given }: VideoRequest,
): Promise<Float32Array | null> {
  if (given === undefined) return null;
  const param = "input_reference";
  const bytes =
    typeof given === "string" ? decodeDataUrl(given, param) : Buffer.from(await given.arrayBuffer());
  return readPixels(bytes, imageSize, { param, fit: "cover" });
}

interface WantedFormat {
  name: VideoFileFormat;
  /** Whether the address says it, and not the Accept header. */
  isInAddress: boolean;
}

function wantedFormat(format: string | undefined, accepted: () => string): WantedFormat {
  if (format !== undefined) {
    const name = VIDEO_FORMATS.find((each) => each === format);
    if (name === undefined) throw invalidValue("format", "must be 'webp' or 'mp4'");
    return { name, isInAddress: true };
  }
  return { name: accepted() === VIDEO_MEDIA_TYPES.mp4 ? "mp4" : "webp", isInAddress: false };
}

async function contentOf(
  job: VideoJob,
  { name, isInAddress }: WantedFormat,
  mp4s: Mp4Queue,
): Promise<Buffer> {
  const { video } = job;
  if (job.status === "failed")
    throw new ApiError(409, "video_failed", `The video failed: ${job.error!.message}`);
  if (video === undefined)
    throw new ApiError(409, "video_not_ready", `The video is not ready: ${job.progress}% is done.`, {
      headers: { "retry-after": "1" },
    });
  if (name === "webp") return video.webp;
  const made = (job.mp4 ??= submitToQueue(mp4s, "mp4", [video], job.stop.signal).then(
    ({ results }) => results[0],
  ));
  try {
    return await made;
  } catch (error) {
    // The next who asks finds out anew.
    if (job.mp4 === made) job.mp4 = undefined;
    if (!(error instanceof NoMp4Error)) throw error;
    const how =
      "install ffmpeg with libx264 on the machine of the generation backend, or take the lossless animated WebP (?format=webp)";
    throw new ApiError(
      isInAddress ? 400 : 406,
      "mp4_unavailable",
      `There is no MP4 here, for ${error.message}: ${how}.`,
      { param: isInAddress ? "format" : undefined },
    );
  }
}

const unixSeconds = (ms: number | undefined) => (ms === undefined ? null : Math.floor(ms / 1000));

/** OpenAI's video object, with the seed beside it and in `salon` what was done. */
function describe(job: VideoJob) {
  const { order, video } = job;
  const { frames, sampler, steps, guidanceScale, anchors } = order.settings;
  const isChained = frames > CLIP_FRAMES && !order.isFramewise;
  return {
    id: job.id,
    object: "video",
    model: order.model,
    status: job.status,
    progress: job.progress,
    created_at: unixSeconds(job.createdAt),
    completed_at: job.status === "completed" ? unixSeconds(job.endedAt) : null,
    expires_at: unixSeconds(job.expiresAt),
    prompt: order.prompt,
    seconds: String(secondsOfFrames(frames)),
    size: `${order.imageSize}x${order.imageSize}`,
    seed: order.seed,
    error: job.error ?? null,
    remixed_from_video_id: null,
    salon: {
      ...{ frames, framesPerSecond: CLIP_FPS, sampler, steps, guidanceScale },
      anchors: isChained ? anchors : null,
      firstFrameGiven: order.hasFirst,
      unknownWords: order.unknownWords,
      unreadWords: order.unreadWords,
      computeMs: video === undefined ? null : roundedMs(video.computeMs),
      timingMs: video === undefined ? null : timings(job.queuedMs!, video),
    },
  };
}

const timings = (queuedMs: number, { timing }: DrawnVideo) => ({
  queue: roundedMs(queuedMs),
  load: roundedMs(timing.load),
  denoise: roundedMs(timing.denoise),
  decode: roundedMs(timing.decode),
  encode: roundedMs(timing.encode),
});
