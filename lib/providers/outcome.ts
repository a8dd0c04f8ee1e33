import type { CheckedImage } from "@/lib/media/check-image";
import type { CheckedVideo } from "@/lib/media/check-video";
import type { EndpointOwner } from "@/lib/providers/address-rules";
import type { ErrorKind } from "@/lib/providers/outcomes";
import type { FormatOptions } from "@/lib/schemas/formats/format-options";
import type { FormatId } from "@/lib/schemas/formats/formats";
import type { OrderTask, VideoTask } from "@/lib/schemas/formats/order-task";
import type { TaskProblem } from "@/lib/schemas/formats/task-facts";

/** An image that an order begins with. */
export interface SourceImage {
  bytes: Buffer;
  mediaType: string;
}

/** What is asked of an endpoint: one image, or one video, of one prompt. */
export interface GenerationOrder<T extends OrderTask = "text-to-image"> {
  /** text-to-image unless told. */
  task?: T;
  prompt: string;
  /** "WxH"; an image must have this size. */
  size: string;
  /** Of an edit the images that it is made from, in their order; of a video its first frame. */
  sources?: readonly SourceImage[];
  /** A PNG of the first source's size, white where it is to change. */
  mask?: SourceImage | null;
  /** How long a video should be; null, or absent: as the format's facts or the vendor have it. */
  seconds?: number | null;
  /** null: none is sent, and the endpoint draws from one of its own. */
  seed: number | null;
  /** Whether the output must be of that seed: else an endpoint that refuses seeds is asked again without one. */
  seedNeeded?: boolean;
  /** null, or absent: not said, so that the endpoint's own default holds. */
  steps?: number | null;
  guidance?: number | null;
  negativePrompt?: string | null;
  /** Further fields of the request, whose names no wire format uses itself. */
  extraFields?: Readonly<Record<string, string | number | boolean>>;
  /** Further headers, sent where the key may go, whose names neither a format nor the client uses itself. */
  extraHeaders?: Readonly<Record<string, string>>;
}

/** An endpoint as an adapter needs it: the key is open, so this never leaves the worker. */
export interface EndpointAddress {
  owner: EndpointOwner;
  baseUrl: string;
  providerModel: string;
  apiKey: string | null;
  timeoutMs: number;
}

/** A model's endpoint, with what its format needs to know of it. */
export interface ModelEndpoint extends EndpointAddress {
  format: FormatId;
  /** What formats that are written by whoever submits an endpoint are; null: another format. */
  options: FormatOptions | null;
  /** Fields that it was found to refuse: requests go without them. */
  leftOut: readonly string[];
  /** Told of one more. */
  learn(field: string): Promise<void>;
}

/** What a task makes. */
export type Output<T extends OrderTask = OrderTask> = T extends VideoTask
  ? { media: "video"; video: CheckedVideo }
  : { media: "image"; image: CheckedImage };

/**
 * What became of an order. A refusal is an outcome of its own: neither a failure of the endpoint nor a loss. The kinds without an
 * output are those of {@link ErrorKind}; a timeout is worth asking again once, since it may have been charged.
 */
export type GenerationOutcome<T extends OrderTask = "text-to-image"> =
  | ({
      kind: "ok";
      /** null: none was sent. */
      seedSent: number | null;
      /** null: the endpoint does not say. */
      seedUsed: number | null;
      revisedPrompt: string | null;
      /** What the endpoint says it charged. */
      costUsd: number | null;
      /** Time the endpoint says it computed. */
      inferenceMs: number | null;
      latencyMs: number;
      /** The answer, cut short and without image data or keys: for logs. */
      reply: string;
    } & Output<T>)
  | {
      kind: FailureKind;
      message: string;
      /** Why nothing was asked, where the format does not serve the order. */
      problem?: TaskProblem;
      /** How long it asks to be left alone; null: it does not say, or asking again is no use. */
      retryAfterMs: number | null;
      latencyMs: number;
      reply: string;
    };

export type FailureKind = ErrorKind;

/** Whether asking again can help. */
export function isWorthRetrying(kind: FailureKind): boolean {
  return kind === "rate_limited" || kind === "loading" || kind === "transient" || kind === "timeout";
}
