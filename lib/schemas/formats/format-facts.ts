/** How a format is told the size: pixels; pixels of a few sizes; a ratio and perhaps a class such as 1K; not at all. */
export type SizeMode = "pixels" | "list" | "ratio" | "none";
/** What becomes of a seed: drawn from; taken and not drawn from; no field for it. */
export type SeedMode = "honoured" | "ignored" | "none";

export interface FormatFacts {
  /** What people call it. */
  label: string;
  /** Hosts that speak it and nothing else of ours: names, or "*.name" for all below one. */
  hosts: readonly string[];
  /** An address as an example. */
  address: string;
  /** The name a model has there, as an example. */
  model: string;
  size: SizeMode;
  seed: SeedMode;
  /** Most images of one request that the vendor allows; Salon asks for one. */
  n: number;
  /** By what name requests carry each of these; null: the format has no field for it. */
  steps: string | null;
  guidance: string | null;
  negativePrompt: string | null;
  /** Whether a background, opaque or transparent, can be asked for. */
  background: boolean;
  /** Whether the vendor edits images, and draws videos, in this format. Salon asks for neither yet. */
  edits: boolean;
  video: boolean;
  /** Whether an order is submitted and then polled for. */
  polls: boolean;
  /** Milliseconds that an image may take. */
  timeoutMs: number;
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
  edits: false,
  video: false,
  polls: false,
  timeoutMs: 3 * MINUTE_MS,
} as const;
/** What formats have whose orders are asked after. */
export const QUEUED = { polls: true, timeoutMs: 10 * MINUTE_MS } as const;
