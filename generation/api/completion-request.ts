import { z } from "zod";
import { orNull, parseBody, SEEDS_MUST_FIT, seedsFit } from "./parse-body";
import { promptSchema } from "./image-request";

/** POST /v1/completions. Ours beside OpenAI's is steps, which may not be null. */
const completionRequestSchema = z
  .strictObject({
    model: z.string(),
    prompt: promptSchema,
    n: orNull(z.number().int().min(1).max(10)),
    max_tokens: orNull(z.number().int().min(1)),
    temperature: orNull(z.number().min(0).max(2)),
    seed: orNull(z.number().int().nonnegative()),
    steps: z.number().int().min(1).optional(),
    stream: orNull(z.literal(false, "is not offered")),
    // Accepted from clients that send them always; they change nothing here.
    user: orNull(z.string()),
    top_p: orNull(z.number().min(0).max(1)),
    stop: orNull(z.union([z.string(), z.array(z.string())])),
  })
  .refine(seedsFit, SEEDS_MUST_FIT);

export type CompletionRequest = z.output<typeof completionRequestSchema>;

/** @throws ApiError 400 that names the parameter at fault. */
export function parseCompletionRequest(body: unknown): CompletionRequest {
  return parseBody(completionRequestSchema, body);
}
