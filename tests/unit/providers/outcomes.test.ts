import { expect, test } from "vitest";
import { readError, type ErrorKind } from "@/lib/providers/outcomes";

const NOW = Date.UTC(2026, 10, 30);
type Fixture = [what: string, status: number, json: unknown, kind: ErrorKind | null, more?: More];
interface More {
  headers?: Record<string, string>;
  failed?: boolean;
  code?: string;
  said?: string;
  waitMs?: number;
}
const openAi = (code: string | null, message = "no", more = {}) => ({
  error: { message, code, type: "invalid_request_error", param: null, ...more },
});
const failed = { failed: true };

/** Replies as vendors' documents, their clients and self-hosted servers' sources have them. */
// prettier-ignore
const FIXTURES: Fixture[] = [
  // Refusals
  ["OpenAI moderation", 400, openAi("moderation_blocked", "Your request was rejected by the safety system."), "refused", { code: "moderation_blocked" }],
  ["OpenAI moderation with details", 400, { error: { code: "moderation_blocked", type: "image_generation_user_error", message: "no", moderation_details: { categories: ["violence"] } } }, "refused"],
  ["OpenAI user error", 400, { error: { message: "cannot be drawn", type: "image_generation_user_error", code: null } }, "refused"],
  ["DALL-E's policy", 400, openAi("content_policy_violation"), "refused"],
  ["Azure contentFilter", 400, openAi("contentFilter", "Your task failed as a result of our safety system."), "refused"],
  ["Azure inner error", 400, { error: { code: "400", message: "no", inner_error: { code: "ResponsibleAIPolicyViolation", content_filter_results: { jailbreak: { filtered: true } } } } }, "refused"],
  ["Azure content_filter", 400, openAi("content_filter"), "refused"],
  ["a proxy that turns the code into 400", 400, openAi("400", "litellm.BadRequestError: Your request was rejected as a result of our safety system"), "refused"],
  ["a proxy of Azure", 400, openAi("400", "The response was filtered due to the prompt triggering Azure OpenAI's content management policy"), "refused"],
  ["Google's responsible AI text", 400, [{ error: { code: 400, message: "The prompt violates Google's Responsible AI practices", status: "INVALID_ARGUMENT" } }], "refused"],
  ["Gemini without an image", 200, { candidates: [{ finishReason: "IMAGE_SAFETY", content: {} }] }, "refused", { code: "IMAGE_SAFETY" }],
  ["Gemini prohibited", 200, { candidates: [{ finishReason: "PROHIBITED_CONTENT" }] }, "refused"],
  ["Gemini recitation", 200, { candidates: [{ finishReason: "RECITATION" }] }, "refused"],
  ["Gemini blocked prompt", 200, { promptFeedback: { blockReason: "SAFETY" } }, "refused"],
  ["Veo's filter", 200, { done: true, response: { generateVideoResponse: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ["violence"] } } }, "refused"],
  ["Veo's reasons without a count", 200, { done: true, response: { generateVideoResponse: { raiMediaFilteredReasons: ["It shows a person."] } } }, "refused", { failed: true, said: "It shows a person." }],
  ["moderation details of no known code", 400, { error: { code: "request_blocked", type: "invalid_request_error", message: "no", moderation_details: { categories: [] } } }, "refused"],
  ["OpenAI's user error as a breakdown", 500, { error: { message: "Sorry", type: "image_generation_user_error", code: null } }, "refused"],
  ["a video of OpenAI's shape", 200, { id: "v", status: "failed", error: { code: "moderation_blocked", message: "no" } }, "refused", failed],
  ["xAI's video", 200, { status: "done", video: { url: "https://x", respect_moderation: false } }, "refused", failed],
  ["Runway's output", 200, { status: "FAILED", failureCode: "SAFETY.OUTPUT.VIDEO" }, "refused", failed],
  ["BFL's video, with words", 200, { id: "1", status: "Content Moderated", details: "the output was moderated" }, "refused", failed],
  ["MiniMax's video", 200, { task: { status: "failed", error: { code: 1026, message: "input contains sensitive content" } } }, "refused", failed],
  ["Seedance", 200, { status: "failed", error: { code: "OutputVideoSensitiveContentDetected", message: "The output video may contain sensitive information." } }, "refused", failed],
  ["xAI on HTTP 200", 200, { data: [{ url: null, respect_moderation: false }] }, "refused"],
  ["BFL input", 200, { id: "1", status: "Request Moderated", details: { "Moderation Reasons": ["Derivative Works"] } }, "refused"],
  ["BFL output", 200, { id: "1", status: "Content Moderated", result: null }, "refused"],
  ["fal", 422, { detail: [{ loc: ["body", "prompt"], msg: "flagged", type: "content_policy_violation" }] }, "refused"],
  ["fal's concepts", 200, { images: [{ url: "https://x" }], has_nsfw_concepts: [true] }, "refused"],
  ["Replicate, failed", 200, { status: "failed", error: "NSFW content detected. Try running it again, or try a different prompt." }, "refused", failed],
  ["Stability 403", 403, { id: "a", name: "content_moderation", errors: ["Your request was flagged by our content moderation system"] }, "refused"],
  ["Stability on HTTP 200", 200, { image: "aGk=", finish_reason: "CONTENT_FILTERED", seed: 1 }, "refused"],
  ["DashScope 400", 400, { code: "DataInspectionFailed", message: "Input data may contain inappropriate content." }, "refused"],
  ["DashScope on HTTP 200", 200, { code: "DataInspectionFailed", message: "Output data may contain inappropriate content." }, "refused"],
  ["DashScope task", 200, { output: { task_status: "FAILED", code: "DataInspectionFailed", message: "no" } }, "refused", failed],
  ["Runway", 200, { status: "FAILED", failure: "An unexpected error occurred.", failureCode: "SAFETY.INPUT.TEXT" }, "refused", failed],
  ["Luma", 200, { state: "failed", failure_reason: "400: frame0 content moderation check failed" }, "refused", failed],
  ["Kling", 200, { code: 0, data: { task_status: "failed", task_status_msg: "Failure to pass the risk control system: sensitive content" } }, "refused", failed],
  ["a gateway", 400, openAi("image_content_policy_violation"), "refused"],
  ["ILLEGAL_PROMPT", 400, { code: "ILLEGAL_PROMPT", message: "no" }, "refused"],
  ["OpenRouter", 403, { error: { code: 403, message: "The input was flagged", metadata: { reasons: ["violence"] } } }, "refused"],

  // Out of credit
  ["OpenAI quota", 429, openAi("insufficient_quota", "You exceeded your current quota"), "out_of_credit"],
  ["OpenAI hard limit", 400, openAi("billing_hard_limit_reached"), "out_of_credit"],
  ["402", 402, { detail: "Insufficient credit" }, "out_of_credit"],
  ["402 without words", 402, undefined, "out_of_credit"],
  ["DashScope arrears", 400, { code: "Arrearage", message: "Access denied, account in arrears" }, "out_of_credit"],
  ["BILLING_BALANCE_NOT_ENOUGH", 403, { code: "BILLING_BALANCE_NOT_ENOUGH", message: "no" }, "out_of_credit"],
  ["fal", 403, { detail: "User is locked. Reason: Exhausted balance. Top up your balance." }, "out_of_credit"],
  ["Kling", 429, { code: 1102, message: "Account balance not enough" }, "out_of_credit"],

  // Rate limits
  ["OpenAI", 429, openAi("rate_limit_exceeded", "Rate limit reached. Please try again in 12s."), "rate_limited", { waitMs: 12_000 }],
  ["minutes in the text", 429, openAi("rate_limit_exceeded", "Please try again in 1m3s."), "rate_limited", { waitMs: 63_000 }],
  ["milliseconds in the text", 429, openAi("rate_limit_exceeded", "Please try again in 350ms."), "rate_limited", { waitMs: 350 }],
  ["seconds as a word", 429, { error: "Retry after 20 seconds" }, "rate_limited", { waitMs: 20_000 }],
  ["retry-after", 429, openAi(null, "slow down, try again in 1s"), "rate_limited", { headers: { "retry-after": "7" }, waitMs: 7_000 }],
  ["a date", 429, undefined, "rate_limited", { headers: { "retry-after": "Mon, 30 Nov 2026 00:00:30 GMT" }, waitMs: 30_000 }],
  ["retry-after-ms", 429, undefined, "rate_limited", { headers: { "retry-after-ms": "1500", "retry-after": "2" }, waitMs: 1_500 }],
  ["in the body", 429, { error: { message: "slow down", retry_after: 4.5 } }, "rate_limited", { waitMs: 4_500 }],
  ["a reset as a span", 429, undefined, "rate_limited", { headers: { "x-ratelimit-reset-requests": "6m0s" }, waitMs: 360_000 }],
  ["a reset as a time", 429, undefined, "rate_limited", { headers: { "x-ratelimit-reset": String(NOW / 1000 + 9) }, waitMs: 9_000 }],
  ["Google's delay", 429, { error: { code: 429, status: "RESOURCE_EXHAUSTED", message: "You exceeded your current quota, please check your plan and billing details.", details: [{ retryDelay: "34s" }] } }, "rate_limited", { waitMs: 34_000 }],
  ["DashScope's rate", 429, { code: "Throttling.RateQuota", message: "Requests rate limit exceeded" }, "rate_limited"],
  ["DashScope on HTTP 200", 200, { code: "Throttling.AllocationQuota", message: "no" }, "rate_limited"],
  ["Replicate", 429, { detail: "Request was throttled.", status: 429, title: "Too Many Requests" }, "rate_limited", { said: "Request was throttled.; Too Many Requests" }],
  ["Together", 429, { error: { type: "rate_limit", message: "no" } }, "rate_limited"],

  // Loading
  ["Hugging Face", 503, { error: "Model acme/m is currently loading", estimated_time: 20.5 }, "loading", { waitMs: 20_500 }],
  ["vLLM", 503, { detail: "Diffusion engine not initialized" }, "loading"],
  ["a serverless GPU", 503, { error: { message: "The model is warming up" } }, "loading", { headers: { "retry-after": "30" }, waitMs: 30_000 }],

  // Breakdowns, and what may have been charged
  ["500", 500, openAi("server_error", "out of memory"), "transient", { said: "out of memory" }],
  ["502 from a proxy", 502, undefined, "transient"],
  ["503 without a reason", 503, { detail: "Service Unavailable" }, "transient"],
  ["409", 409, undefined, "transient"],
  ["504", 504, undefined, "timeout"],
  ["Cloudflare's 524", 524, undefined, "timeout"],
  ["fal, worth it", 500, { detail: "runner died" }, "transient", { headers: { "x-fal-retryable": "true" } }],
  ["fal, not worth it", 500, { detail: "bad model" }, "invalid", { headers: { "x-fal-retryable": "false" } }],
  ["MiniMax expired", 200, { task: { status: "expired" } }, "transient", failed],
  ["a video that broke down", 200, { id: "v", status: "failed", error: { message: "CUDA out of memory" } }, "transient", failed],
  ["Veo internal", 200, { done: true, error: { code: 13, message: "Internal error" } }, "transient", failed],
  ["a failed task", 200, { status: "Error", result: null }, "transient", failed],
  ["Replicate out of memory", 200, { status: "failed", error: "CUDA out of memory" }, "transient", failed],
  ["Runway internal", 200, { status: "FAILED", failureCode: "INTERNAL.BAD_OUTPUT.CODE01" }, "transient", failed],
  ["a task of a wrong parameter", 200, { output: { task_status: "FAILED", code: "InvalidParameter", message: "size" } }, "invalid", failed],

  // To be changed first
  ["wrong key", 401, openAi("invalid_api_key"), "invalid"],
  ["not verified", 403, openAi(null, "Your organization must be verified to use the model `gpt-image-1`."), "invalid", { said: "Your organization must be verified to use the model `gpt-image-1`." }],
  ["no such model", 404, openAi("model_not_found"), "invalid"],
  ["FastAPI", 422, { detail: [{ loc: ["body", "size"], msg: "Input should be a valid string", type: "string_type" }] }, "invalid", { said: "Input should be a valid string" }],
  ["xAI's text", 400, { code: "Client specified an invalid argument", error: "Argument not supported: size" }, "invalid", { said: "Argument not supported: size" }],
  ["sd.cpp", 400, { error: "prompt required" }, "invalid", { said: "prompt required" }],
  ["Stability", 400, { id: "a", name: "bad_request", errors: ["prompt: is too long"] }, "invalid", { said: "prompt: is too long" }],
  ["DashScope on HTTP 200", 200, { code: "InvalidParameter", message: "size is wrong" }, "invalid"],
  ["DeepInfra", 400, { detail: { error: "unknown model" } }, "invalid", { said: "unknown model" }],
  ["a prompt that is quoted", 422, { detail: [{ msg: "too long", input: "nsfw content, flagged" }] }, "invalid"],
  ["Gemini's array", 400, [{ error: { code: 400, message: 'Unknown name "seed": Cannot find field.', status: "INVALID_ARGUMENT" } }], "invalid"],

  // Nothing wrong
  ["an image", 200, { created: 1, data: [{ b64_json: "aGk=" }] }, null],
  ["a task", 200, { id: "x", status: "queued" }, null],
  ["a video's task", 202, { id: "v", polling_url: "/v1/videos/v", status: "pending" }, null],
  ["a video", 200, { status: "done", video: { url: "https://x", respect_moderation: true } }, null],
  ["Gemini's image", 200, { candidates: [{ finishReason: "STOP", content: { parts: [] } }] }, null],
  ["fal's image", 200, { images: [{ url: "https://x" }], has_nsfw_concepts: [false] }, null],
  ["Kling's task", 200, { code: 0, message: "", data: { task_id: "1", task_status: "submitted" } }, null],
  ["A1111's image", 200, { images: ["aGk="], info: '{"seed": 1}', parameters: { prompt: "x" } }, null],
];

test.each(FIXTURES)("%s, HTTP %i", (_what, status, json, kind, more = {}) => {
  const reading = readError({ status, headers: more.headers ?? {}, json, failed: more.failed }, NOW);
  expect(reading?.kind ?? null).toBe(kind);
  if (more.code !== undefined) expect(reading?.code).toBe(more.code);
  if (more.said !== undefined) expect(reading?.said).toBe(more.said);
  if (more.waitMs !== undefined) expect(reading?.retryAfterMs).toBe(more.waitMs);
});
