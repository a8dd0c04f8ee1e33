import { z } from "zod";
import {
  ANCHOR_COUNTS,
  framesOfSeconds,
  isFrameCount,
  MOST_CLIP_FRAMES,
  secondsOfFrames,
} from "@/generation/clips/frame-counts";
import { ApiError } from "@/generation/http/api-error";
import { isJsonType } from "@/generation/http/json-body";
import { SAMPLER_NAMES } from "@/generation/model-card";
import { CLIP_FRAMES } from "@/lib/schemas/stack/clip";
import { LARGEST_GUIDANCE_SCALE, promptSchema } from "./image-request";
import { orNull, parseBody, SEEDS_MUST_FIT, seedsFit } from "./parse-body";

/** A step of a long clip is up to twelve calls of the network. */
const MOST_CLIP_STEPS = 100;
/** An image that a clip begins with, as base64 in JSON. */
export const VIDEO_BODY_LIMIT = 8 * 1024 * 1024;

const steps = z.number().int().min(1).max(MOST_CLIP_STEPS);
const FRAME_COUNTS = `${CLIP_FRAMES} to ${MOST_CLIP_FRAMES} in steps of 4`;
const frames = z.number().int().refine(isFrameCount, `must be ${FRAME_COUNTS}`);
const seconds = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/, "must be a number")])
  .transform(Number)
  .refine(
    (value) => isFrameCount(framesOfSeconds(value)),
    `must be ${secondsOfFrames(CLIP_FRAMES)} to ${secondsOfFrames(MOST_CLIP_FRAMES)} in steps of 0.5`,
  );

/** An image as a data URL, alone or as OpenAI's JSON has it. */
const image = z.union([
  z.string(),
  z.strictObject({ image_url: z.string() }).transform(({ image_url }) => image_url),
]);

/**
 * POST /v1/videos. Ours beside OpenAI's are frames, seed, steps (or num_inference_steps), guidance_scale, sampler and anchors, which may
 * not be null.
 */
const videoRequestSchema = z
  .strictObject({
    model: z.string(),
    prompt: promptSchema,
    seconds: orNull(seconds),
    size: orNull(z.string()),
    input_reference: orNull(z.union([image, z.instanceof(Blob)])),
    frames: frames.optional(),
    seed: z.number().int().nonnegative().optional(),
    steps: steps.optional(),
    num_inference_steps: steps.optional(),
    guidance_scale: z.number().min(0).max(LARGEST_GUIDANCE_SCALE).optional(),
    sampler: z.enum(SAMPLER_NAMES).optional(),
    anchors: z.literal(ANCHOR_COUNTS).optional(),
    // Accepted from clients that send it always; it changes nothing here.
    user: orNull(z.string()),
  })
  .refine(seedsFit, SEEDS_MUST_FIT)
  .refine((wanted) => wanted.steps === undefined || wanted.num_inference_steps === undefined, {
    path: ["num_inference_steps"],
    message: "is another name of steps: give one of the two",
  })
  .refine((wanted) => wanted.frames === undefined || wanted.seconds === undefined, {
    path: ["frames"],
    message: "is another way to say seconds: give one of the two",
  });

export type VideoRequest = z.output<typeof videoRequestSchema>;

/** Fields of a form that are numbers. */
const NUMBERS = new Set(["frames", "seed", "steps", "num_inference_steps", "guidance_scale", "anchors"]);

/**
 * An order of a video, as JSON or, as OpenAI's clients send one with an image, as multipart/form-data.
 * @throws ApiError 400 that names the parameter at fault, 415 for another kind of body
 */
export async function readVideoRequest(request: {
  header(name: string): string | undefined;
  json(): Promise<unknown>;
  formData(): Promise<FormData>;
}): Promise<VideoRequest> {
  const type = request.header("content-type") ?? "";
  if (isJsonType(type)) {
    const body = await request.json().catch(() => {
      throw new ApiError(400, "invalid_json", "The body could not be parsed as JSON.");
    });
    return parseBody(videoRequestSchema, body);
  }
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new ApiError(415, "unsupported_media_type", "Send JSON, or multipart/form-data with an image.");
  const form = await request.formData().catch(() => {
    throw new ApiError(400, "invalid_form", "The body could not be parsed as multipart/form-data.");
  });
  return parseBody(videoRequestSchema, fieldsOf(form));
}

/** A form as the JSON that says the same; numbers that are none stay texts, which the schema refuses. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null) as object as Record<string, unknown>;
  for (const [name, value] of form.entries()) {
    if (name in fields)
      throw new ApiError(400, "invalid_value", `Invalid '${name.slice(0, 100)}': is given twice.`, {
        param: name.slice(0, 100),
      });
    fields[name] =
      typeof value === "string" && NUMBERS.has(name) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return fields;
}
