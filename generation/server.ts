import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino, { type Logger } from "pino";
import { chatRoutes, type JudgeQueue, type QueuedVerdict } from "@/generation/api/chat";
import {
  completionRoutes,
  type PromptQueue,
  type QueuedPrompt,
  type WrittenPrompt,
} from "@/generation/api/completions";
import { imageRoutes, type DrawnImage, type ImageQueue, type QueuedImage } from "@/generation/api/images";
import { modelCardRoutes } from "@/generation/api/model-cards";
import { modelRoutes } from "@/generation/api/models";
import { videoRoutes, type Mp4Queue, type QueuedVideo, type VideoQueue } from "@/generation/api/videos";
import {
  reconstructionRoutes,
  type ReconstructionQueue,
  type QueuedReconstruction,
} from "@/generation/api/reconstructions";
import { BatchQueue } from "@/generation/batch-queue";
import { encodeMp4, encodeWebp, type ClipPixels } from "@/generation/clips/encode-clip";
import { generateClips, type ClipWatch } from "@/generation/clips/generate-clips";
import { giveWay } from "@/generation/clips/give-way";
import { generateFramewise } from "@/generation/clips/generate-framewise";
import { VideoJobs, type DrawnVideo } from "@/generation/clips/video-jobs";
import { enhancePrompts } from "@/generation/enhance-prompts";
import { generateImages } from "@/generation/generate-images";
import { ApiError } from "@/generation/http/api-error";
import { listenerOf, newRoutes } from "@/generation/http/app";
import { ImageFiles } from "@/generation/image-files";
import { answerRequest, type JudgeAnswer } from "@/generation/judge/answer-request";
import { JudgeLibrary } from "@/generation/judge/judge-library";
import { restrictDecoders } from "@/generation/read-image";
import { reconstructImages, type Reconstruction } from "@/generation/reconstruct-images";
import { ModelLibrary } from "@/generation/model-library";

/**
 * Images of one batch. On a CPU larger ones save little: 8 cost a DiT 8-13% less processor time an image than 1, the
 * U-Net as much (docs/generation.md), while everybody in a batch waits for all of it.
 */
const MAX_BATCH = 8;
/** Prompts of one batch: a request has at most 10, and a batch takes milliseconds. */
const MOST_PROMPTS = 32;
/** Requests sent at once by one client arrive within a few milliseconds; a batch takes hundreds. */
const GATHER_MS = 5;

export interface GenerationServerOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Folder with one folder a model. */
  modelsDir: string;
  /** Folder with one folder a judge; without it there are none. */
  judgesDir?: string;
  /** Threads of one run; all cores when absent. */
  threads?: number;
  /** Most images that may wait; as many videos, and requests of every other kind. */
  queueLimit: number;
  /** The program that makes MP4 files; "ffmpeg" of the PATH unless told. */
  ffmpeg?: string;
  logger?: Logger;
}

export interface GenerationServer {
  /** Its origin, such as http://127.0.0.1:4100. */
  url: string;
  /** Stop: unanswered requests get 503, the running batch ends at its next step, every network is freed. */
  close(): Promise<void>;
}

/**
 * Start the bundled generation backend (docs/generation.md).
 * @throws Error when a model card is wrong or the port is taken.
 */
export async function startGenerationServer(options: GenerationServerOptions): Promise<GenerationServer> {
  restrictDecoders();
  const logger = options.logger ?? pino({ level: "silent" });
  const library = await ModelLibrary.open(options.modelsDir, { threads: options.threads });
  if (library.list().length === 0) logger.warn({ dir: options.modelsDir }, "no models found");
  const queue = new BatchQueue<QueuedImage, DrawnImage>({
    limit: options.queueLimit,
    maxBatch: MAX_BATCH,
    gatherMs: GATHER_MS,
    run: (images, signal) => drawBatch(library, images, signal, logger),
  });
  const prompts: PromptQueue = new BatchQueue<QueuedPrompt, WrittenPrompt>({
    limit: options.queueLimit,
    maxBatch: MOST_PROMPTS,
    gatherMs: GATHER_MS,
    run: (batch, signal) => writeBatch(library, batch, signal, logger),
  });
  const reconstructions: ReconstructionQueue = new BatchQueue<QueuedReconstruction, Reconstruction>({
    limit: options.queueLimit,
    maxBatch: MAX_BATCH,
    gatherMs: GATHER_MS,
    run: async (batch) => {
      const [{ autoencoder: id }] = batch;
      return reconstructImages(await library.loadAutoencoder(id).catch(unavailable(id, logger)), batch);
    },
  });
  const judges = await JudgeLibrary.open(options.judgesDir ?? "", { threads: options.threads });
  const verdicts: JudgeQueue = new BatchQueue<QueuedVerdict, JudgeAnswer>({
    limit: options.queueLimit,
    // A verdict takes a few milliseconds; more at a time would only make the first wait.
    maxBatch: 1,
    gatherMs: 0,
    run: ([verdict]) => judge(judges, verdict, logger),
  });
  const { videos, mp4s } = videoQueues(library, queue, options, logger);
  const health = newRoutes().get("/healthz", (c) =>
    c.json({
      status: "ok",
      models: {
        known: [...library.list(), ...library.videos.list(), ...library.listEnhancers()].map(({ id }) => id),
        loaded: library.loaded(),
      },
      judges: { known: judges.list().map((card) => card.id), loaded: judges.loaded() },
      queue: { length: queue.length, running: queue.running, limit: options.queueLimit },
      videos: { length: videos.length, running: videos.running, limit: options.queueLimit },
    }),
  );
  const onError = (error: unknown) => logger.error({ err: error }, "request failed");
  const routes = [
    health,
    modelRoutes(library, judges),
    chatRoutes(judges, verdicts),
    modelCardRoutes(library),
    completionRoutes(library, prompts),
    reconstructionRoutes(library, reconstructions),
    imageRoutes(library, { images: queue, prompts }, new ImageFiles()),
    videoRoutes(library, { videos, mp4s }, new VideoJobs(), onError),
  ];
  const server = createServer(listenerOf(routes, { host: options.host, onError }));
  // How long a client may take to send its request; not how long an answer may take.
  server.requestTimeout = 30_000;
  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      const queues = [queue, prompts, reconstructions, verdicts, videos, mp4s];
      await Promise.all(queues.map((each) => each.close()));
      server.closeIdleConnections();
      // Answers in flight get a moment to leave; a client that does not read them must not hold the process.
      const cut = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(cut);
      await Promise.all([library.close(), judges.close()]);
    },
  };
}

async function drawBatch(
  library: ModelLibrary,
  images: QueuedImage[],
  signal: AbortSignal,
  logger: Logger,
): Promise<DrawnImage[]> {
  const { model: id, settings } = images[0];
  const started = performance.now();
  const model = await library.load(id).catch(unavailable(id, logger));
  const load = performance.now() - started;
  const drawn = await generateImages(model, settings, images, signal);
  const timing = { load, ...drawn.timing };
  logger.debug({ model: id, ...settings, images: images.length, timing }, "batch done");
  const computeMs = (drawn.timing.denoise + drawn.timing.decode + drawn.timing.encode) / images.length;
  return drawn.images.map((image) => ({ ...image, timing, computeMs }));
}

/** Videos have a queue beside the images', so that no image waits for a clip; a clip alone is batch enough for a network. */
function videoQueues(
  library: ModelLibrary,
  images: ImageQueue,
  { queueLimit, ffmpeg = "ffmpeg" }: GenerationServerOptions,
  logger: Logger,
): { videos: VideoQueue; mp4s: Mp4Queue } {
  const turn = giveWay(() => images.batchEnd);
  const oneByOne = { limit: queueLimit, maxBatch: 1, gatherMs: 0 };
  return {
    videos: new BatchQueue<QueuedVideo, DrawnVideo>({
      ...oneByOne,
      run: async ([video], signal) => [await drawVideo(library, video, { signal, turn }, logger)],
    }),
    mp4s: new BatchQueue<ClipPixels, Buffer>({
      ...oneByOne,
      run: async ([clip], signal) => [await encodeMp4(clip, ffmpeg, signal)],
    }),
  };
}

async function drawVideo(
  library: ModelLibrary,
  video: QueuedVideo,
  { signal, turn }: Required<Pick<ClipWatch, "signal" | "turn">>,
  logger: Logger,
): Promise<DrawnVideo> {
  const { model: id, settings, onProgress } = video;
  onProgress(0);
  const started = performance.now();
  const model = await library.videos.load(id).catch(unavailable(id, logger));
  const loaded = performance.now();
  const watch = { signal, onProgress, turn };
  const { clips, timing: parts } =
    "images" in model
      ? await generateFramewise(model, settings, [video], watch)
      : await generateClips(model, settings, [video], watch);
  const drawn = performance.now();
  const clip: ClipPixels = { rgb: clips[0], size: model.card.imageSize };
  const webp = await encodeWebp(clip);
  const encode = performance.now() - drawn;
  const timing = { load: loaded - started, ...parts, encode };
  logger.debug({ model: id, ...settings, timing }, "video done");
  return { ...clip, webp, timing, computeMs: parts.denoise + parts.decode + encode };
}

async function writeBatch(
  library: ModelLibrary,
  batch: QueuedPrompt[],
  signal: AbortSignal,
  logger: Logger,
): Promise<WrittenPrompt[]> {
  const { enhancer: id, settings } = batch[0];
  const started = performance.now();
  const enhancer = await library.loadEnhancer(id).catch(unavailable(id, logger));
  const load = performance.now() - started;
  const written = await enhancePrompts(enhancer, settings, batch, signal);
  const timing = { load, write: performance.now() - started - load };
  logger.debug({ model: id, ...settings, prompts: batch.length, timing }, "prompts written");
  return written.map((each) => ({ ...each, timing }));
}

async function judge(judges: JudgeLibrary, verdict: QueuedVerdict, logger: Logger): Promise<JudgeAnswer[]> {
  const { card } = verdict;
  const network = await judges.load(card).catch(unavailable(card.id, logger));
  return [await answerRequest(network, verdict)];
}

function unavailable(id: string, logger: Logger) {
  return (error: unknown): never => {
    logger.error({ err: error, model: id }, "model could not be loaded");
    throw new ApiError(500, "model_unavailable", `The model '${id}' could not be loaded.`, {
      param: "model",
    });
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
