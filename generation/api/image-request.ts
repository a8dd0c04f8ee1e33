import { z } from "zod";
import { OUTPUT_FORMATS } from "@/generation/encode-image";
import { SAMPLER_NAMES } from "@/generation/model-card";
import { orNull, parseBody, SEEDS_MUST_FIT, seedsFit } from "./parse-body";

export const PROMPT_LIMIT = 4000;
export const MOST_STEPS = 250;
export const LARGEST_GUIDANCE_SCALE = 20;
export const MOST_FRAMES = 50;
/** Frames of all images of a request together: each frame is two images to decode, to encode and to send. */
export const MOST_FRAMES_IN_ALL = 100;

/** What an image, or a caption, is asked for with. */
export const promptSchema = z
  .string()
  .max(PROMPT_LIMIT, `must have at most ${PROMPT_LIMIT} characters`)
  .refine((prompt) => prompt.trim() !== "", "must not be empty");

const steps = z.number().int().min(1).max(MOST_STEPS);

/**
 * POST /v1/images/generations. Ours beside OpenAI's are seed, steps (or num_inference_steps, as other servers call it),
 * guidance_scale, sampler, frames and enhance; these may not be null, so that a NaN (which JSON writes as null) is refused and not
 * taken for the default.
 */
const imageRequestSchema = z
  .strictObject({
    model: z.string(),
    prompt: promptSchema,
    n: orNull(z.number().int().min(1).max(10)),
    size: orNull(z.string()),
    response_format: orNull(z.enum(["b64_json", "url"])),
    output_format: orNull(z.enum(OUTPUT_FORMATS)),
    seed: z.number().int().nonnegative().optional(),
    steps: steps.optional(),
    num_inference_steps: steps.optional(),
    guidance_scale: z.number().min(0).max(LARGEST_GUIDANCE_SCALE).optional(),
    sampler: z.enum(SAMPLER_NAMES).optional(),
    frames: z.number().int().min(0).max(MOST_FRAMES).optional(),
    enhance: z.boolean().optional(),
    // Accepted from clients that send them always; they change nothing here.
    user: orNull(z.string()),
    quality: orNull(z.string()),
    style: orNull(z.string()),
    moderation: orNull(z.string()),
    background: orNull(z.enum(["auto", "opaque"])),
    output_compression: orNull(z.number()),
  })
  .refine(seedsFit, SEEDS_MUST_FIT)
  .refine((wanted) => wanted.steps === undefined || wanted.num_inference_steps === undefined, {
    path: ["num_inference_steps"],
    message: "is another name of steps: give one of the two",
  })
  .refine(({ frames = 0, n = 1 }) => frames * n <= MOST_FRAMES_IN_ALL, {
    path: ["frames"],
    message: `must leave frames x n at ${MOST_FRAMES_IN_ALL} or below`,
  });

export type ImageRequest = z.output<typeof imageRequestSchema>;

/** @throws ApiError 400 that names the parameter at fault. */
export function parseImageRequest(body: unknown): ImageRequest {
  return parseBody(imageRequestSchema, body);
}
