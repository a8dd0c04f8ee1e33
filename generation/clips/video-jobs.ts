import { randomBytes } from "node:crypto";
import type { ClipPixels } from "./encode-clip";
import type { ClipSettings } from "./generate-clips";

/** What was asked for. */
export interface VideoOrder {
  model: string;
  prompt: string;
  seed: number;
  /** Side of the frames, in pixels. */
  imageSize: number;
  settings: ClipSettings;
  /** Whether it begins with an image. */
  hasFirst: boolean;
  /** Whether each frame is drawn by itself. */
  isFramewise: boolean;
  /** Words that the model was not taught, and how many at the end it does not read. */
  unknownWords: string[];
  unreadWords: number;
}

/** A clip that is done: its frames and its lossless file, and the milliseconds of the parts. */
export interface DrawnVideo extends ClipPixels {
  webp: Buffer;
  timing: Record<"load" | "denoise" | "decode" | "encode", number>;
  computeMs: number;
}

export interface VideoJob {
  readonly id: string;
  readonly order: VideoOrder;
  readonly createdAt: number;
  status: "queued" | "in_progress" | "completed" | "failed";
  /** Percent, rising to 100 once it is completed. */
  progress: number;
  /** When it was completed or failed, and when it is dropped. */
  endedAt?: number;
  expiresAt?: number;
  error?: { code: string; message: string };
  video?: DrawnVideo;
  /** Milliseconds until it was begun. */
  queuedMs?: number;
  /** Its MP4, made when it is first asked for. */
  mp4?: Promise<Buffer>;
  /** Aborted when nobody wants it any more. */
  readonly stop: AbortController;
}

/** What may be kept of jobs that have ended. */
const LIMITS = { jobs: 256, bytes: 64 * 2 ** 20, lifetimeMs: 60 * 60 * 1000 };

/**
 * Orders of videos and what became of them, in memory: none survives a restart. Jobs that have ended are kept for a limited time, the
 * oldest dropped when they, or the frames of them, grow too many; those that have not are as many as their queue lets in.
 */
export class VideoJobs {
  private readonly open = new Map<string, VideoJob>();
  /** In the order in which they ended, which is that of their expiry: all live equally long. */
  private readonly ended = new Map<string, VideoJob>();
  private bytes = 0;

  constructor(
    private readonly limits = LIMITS,
    private readonly now: () => number = Date.now,
  ) {}

  /** A new job; its id cannot be guessed (144 random bits). */
  add(order: VideoOrder): VideoJob {
    const id = `video_${randomBytes(18).toString("base64url")}`;
    const job: VideoJob = {
      ...{ id, order, createdAt: this.now(), status: "queued", progress: 0 },
      stop: new AbortController(),
    };
    this.open.set(id, job);
    return job;
  }

  get(id: string): VideoJob | undefined {
    this.dropExpired();
    return this.open.get(id) ?? this.ended.get(id);
  }

  complete(job: VideoJob, video: DrawnVideo): void {
    Object.assign(job, { status: "completed", progress: 100, video });
    this.end(job);
  }

  fail(job: VideoJob, error: { code: string; message: string }): void {
    Object.assign(job, { status: "failed", error });
    this.end(job);
  }

  /** Forget a job; one that is not done is stopped. */
  remove(job: VideoJob): void {
    this.open.delete(job.id);
    if (this.ended.delete(job.id)) this.bytes -= bytesOf(job);
    job.stop.abort(new Error("The video was deleted."));
  }

  private end(job: VideoJob): void {
    // Deleted meanwhile.
    if (!this.open.delete(job.id)) return;
    job.endedAt = this.now();
    job.expiresAt = job.endedAt + this.limits.lifetimeMs;
    this.ended.set(job.id, job);
    this.bytes += bytesOf(job);
    this.dropExpired();
    while (this.ended.size > this.limits.jobs || this.bytes > this.limits.bytes)
      this.remove(this.ended.values().next().value!);
  }

  private dropExpired(): void {
    for (const job of this.ended.values()) {
      if (job.expiresAt! > this.now()) return;
      this.remove(job);
    }
  }
}

/** Frames and files: an MP4 that is not made yet is counted as the frames' size, which it stays below. */
const bytesOf = ({ video }: VideoJob): number =>
  video === undefined ? 0 : 2 * video.rgb.length + video.webp.length;
