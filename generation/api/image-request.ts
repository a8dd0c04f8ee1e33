import { z } from "zod";
import { OUTPUT_FORMATS } from "@/generation/encode-image";
import { ApiError } from "@/generation/http/api-error";
import { SAMPLER_NAMES } from "@/generation/model-card";

export const PROMPT_LIMIT = 4000;
export const MOST_STEPS = 250;
export const LARGEST_GUIDANCE_SCALE = 20;
export const MOST_FRAMES = 50;
/** Frames of all images of a request together: each is two pictures to decode, to encode and to send. */
export const MOST_FRAMES_IN_ALL = 100;

/** OpenAI's own parameters may be null, which means absent. */
const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/**
 * POST /v1/images/generations. Ours beside OpenAI's are seed, steps, guidance_scale, sampler and frames; these may not
 * be null, so that a NaN (which JSON writes as null) is refused and not taken for the default.
 */
const imageRequestSchema = z
  .strictObject({
    model: z.string(),
    prompt: z
      .string()
      .max(PROMPT_LIMIT, `must have at most ${PROMPT_LIMIT} characters`)
      .refine((prompt) => prompt.trim() !== "", "must not be empty"),
    n: orNull(z.number().int().min(1).max(10)),
    size: orNull(z.string()),
    response_format: orNull(z.enum(["b64_json", "url"])),
    output_format: orNull(z.enum(OUTPUT_FORMATS)),
    seed: z.number().int().nonnegative().optional(),
    steps: z.number().int().min(1).max(MOST_STEPS).optional(),
    guidance_scale: z.number().min(0).max(LARGEST_GUIDANCE_SCALE).optional(),
    sampler: z.enum(SAMPLER_NAMES).optional(),
    frames: z.number().int().min(0).max(MOST_FRAMES).optional(),
    // Accepted from clients that send them always; they change nothing here.
    user: orNull(z.string()),
    quality: orNull(z.string()),
    style: orNull(z.string()),
    moderation: orNull(z.string()),
    background: orNull(z.enum(["auto", "opaque"])),
    output_compression: orNull(z.number()),
  })
  .refine(({ seed = 0, n = 1 }) => Number.isSafeInteger(seed + (n - 1)), {
    path: ["seed"],
    message: "must leave seed + n - 1 below 2^53",
  })
  .refine(({ frames = 0, n = 1 }) => frames * n <= MOST_FRAMES_IN_ALL, {
    path: ["frames"],
    message: `must leave frames x n at ${MOST_FRAMES_IN_ALL} or below`,
  });

export type ImageRequest = z.output<typeof imageRequestSchema>;

/** @throws ApiError 400 that names the parameter at fault. */
export function parseImageRequest(body: unknown): ImageRequest {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, "invalid_type", "The body must be a JSON object.");
  }
  const parsed = imageRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw parameterError(parsed.error.issues[0], body as Record<string, unknown>);
}

function parameterError(issue: z.core.$ZodIssue, body: Record<string, unknown>): ApiError {
  if (issue.code === "unrecognized_keys") {
    const param = issue.keys[0].slice(0, 100);
    return new ApiError(400, "unknown_parameter", `Unknown parameter: '${param}'.`, { param });
  }
  const param = String(issue.path[0]);
  if (body[param] === undefined) {
    return new ApiError(400, "missing_required_parameter", `Missing required parameter: '${param}'.`, {
      param,
    });
  }
  const code = issue.code === "invalid_type" ? "invalid_type" : "invalid_value";
  return new ApiError(400, code, `Invalid '${param}': ${issue.message}.`, { param });
}
