import type { CheckedImage } from "@/lib/media/check-image";
import type { EndpointOwner } from "@/lib/providers/address-rules";

/** What is asked of an endpoint: one image of one prompt. */
export interface ImageOrder {
  prompt: string;
  /** "WxH"; the image must have this size. */
  size: string;
  /** null: none is sent, and the endpoint draws from one of its own. */
  seed: number | null;
  /** Whether the image must be of that seed: else an endpoint that refuses seeds is asked again without one. */
  seedNeeded?: boolean;
  /** null, or absent: not said, so that the endpoint's own default holds. */
  steps?: number | null;
  guidance?: number | null;
  negativePrompt?: string | null;
  /** Further fields of the request, whose names no wire format uses itself. */
  extraFields?: Readonly<Record<string, string | number | boolean>>;
}

/** An endpoint as an adapter needs it: the key is open, so this never leaves the worker. */
export interface EndpointAddress {
  owner: EndpointOwner;
  baseUrl: string;
  providerModel: string;
  apiKey: string | null;
  timeoutMs: number;
}

/**
 * What became of an order. A refusal is an outcome of its own: neither a failure of the endpoint nor a loss.
 * - ok: an image of the wanted size
 * - refused: the endpoint's moderation said no; asking again would be told the same
 * - rate_limited: asked too fast; worth asking again after `retryAfterMs`
 * - transient: it broke down or could not be reached; worth asking again
 * - timeout: no complete answer in time; worth asking again
 * - invalid: the answer is not what the wire format says; something has to be changed first
 */
export type GenerationOutcome =
  | {
      kind: "ok";
      image: CheckedImage;
      /** null: none was sent. */
      seedSent: number | null;
      /** null: the endpoint does not say. */
      seedUsed: number | null;
      revisedPrompt: string | null;
      costUsd: number | null;
      /** Time the endpoint says it computed. */
      inferenceMs: number | null;
      latencyMs: number;
      /** The answer, cut short and without image data or keys: for logs. */
      reply: string;
    }
  | { kind: "rate_limited"; message: string; retryAfterMs: number | null; latencyMs: number; reply: string }
  | {
      kind: "refused" | "transient" | "timeout" | "invalid";
      message: string;
      latencyMs: number;
      reply: string;
    };

export type FailureKind = Exclude<GenerationOutcome["kind"], "ok">;

/** Whether asking again can help. */
export function isWorthRetrying(kind: FailureKind): boolean {
  return kind === "rate_limited" || kind === "transient" || kind === "timeout";
}
