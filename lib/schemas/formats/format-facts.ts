/** How a format is told the size: pixels; pixels of a few sizes; a ratio and perhaps a class such as 1K; not at all. */
export type SizeMode = "pixels" | "list" | "ratio" | "none";
/** What becomes of a seed: drawn from; taken and not drawn from; no field for it. */
export type SeedMode = "honoured" | "ignored" | "none";

/** What a request can say, and how long its answer may take. */
export interface RequestFacts {
  size: SizeMode;
  seed: SeedMode;
  /** By what name requests carry each of these; null: the format has no field for it. */
  steps: string | null;
  guidance: string | null;
  negativePrompt: string | null;
  /** Whether an order is submitted and then polled for. */
  polls: boolean;
  /** Milliseconds that an order may take. */
  timeoutMs: number;
}

/** What is different where a video is asked for. */
export interface VideoFacts extends RequestFacts {
  /** Whether it may begin with an image. */
  firstFrame: boolean;
  /** Seconds that are asked for where an order does not say; null: the vendor's own default holds. */
  seconds: number | null;
}

export interface FormatFacts extends RequestFacts {
  /** What people call it. */
  label: string;
  /** Hosts that speak it and nothing else of ours: names, or "*.name" for all below one. */
  hosts: readonly string[];
  /** An address as an example. */
  address: string;
  /** The name a model has there, as an example. */
  model: string;
  /** Most images of one request that the vendor allows; Salon asks for one. */
  n: number;
  /** Whether a background, opaque or transparent, can be asked for. */
  background: boolean;
  /** Images that an edit may begin with; 0: the format serves no edits. */
  edits: number;
  /** Whether an edit can be told which part of the image is to change. */
  mask: boolean;
  /** null: the format serves no videos. */
  video: VideoFacts | null;
  /** Whether an image that is black all over is how it refuses a prompt. */
  blackRefuses: boolean;
}

export const MINUTE_MS = 60_000;
/** What most formats lack. */
export const NOTHING = {
  hosts: [],
  n: 1,
  steps: null,
  guidance: null,
  negativePrompt: null,
  background: false,
  edits: 0,
  mask: false,
  video: null,
  blackRefuses: false,
  polls: false,
  timeoutMs: 3 * MINUTE_MS,
} as const;
/** What formats have whose orders are asked after. */
export const QUEUED = { polls: true, timeoutMs: 10 * MINUTE_MS } as const;
/** What most formats have for videos: a ratio and a class, no seed, a first frame. */
export const VIDEO = {
  size: "ratio",
  seed: "none",
  steps: null,
  guidance: null,
  negativePrompt: null,
  firstFrame: true,
  seconds: null,
  polls: true,
  timeoutMs: 15 * MINUTE_MS,
} as const;
/** As vLLM, SGLang and diffusers' servers call them. */
export const DIFFUSION = {
  steps: "num_inference_steps",
  guidance: "guidance_scale",
  negativePrompt: "negative_prompt",
} as const;

export const facts = <const Id extends string>(table: Record<Id, FormatFacts>) => table;
