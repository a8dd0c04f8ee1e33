import { z } from "zod";
import type { JsonResponse } from "@/lib/providers/guarded-client";
import { redactKey } from "@/lib/providers/redact";

const openAiError = z.object({
  error: z.object({
    message: z.string().nullish(),
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
  }),
});
/** FastAPI servers (vLLM, SGLang) answer this instead. */
const detailError = z.object({
  detail: z.union([z.string(), z.array(z.object({ msg: z.string(), loc: z.array(z.unknown()).nullish() }))]),
});

const REFUSALS = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "content_filter",
  "content_moderation",
]);

export type ApiErrorOutcome =
  | { kind: "refused" | "transient" | "invalid"; message: string }
  | { kind: "rate_limited"; message: string; retryAfterMs: number | null };

/** Sort an answer other than 2xx by what can be done about it, in a sentence that says so. */
export function readApiError(response: JsonResponse, apiKey: string | null): ApiErrorOutcome {
  const { status } = response;
  const { code, said: raw } = readSaid(response.json);
  const said = raw === "" ? "" : ` It says: ${redactKey(raw, apiKey).slice(0, 300)}`;
  if (REFUSALS.has(code)) {
    return { kind: "refused", message: `The endpoint's moderation refused this prompt.${said}` };
  }
  if (status === 402 || code === "insufficient_quota" || code === "billing_hard_limit_reached") {
    return {
      kind: "invalid",
      message: `The account behind the key has no credit left (HTTP ${status}).${said}`,
    };
  }
  if (status === 429) {
    return {
      kind: "rate_limited",
      message: `The endpoint is asked too fast (HTTP 429): let it take fewer requests at a time.${said}`,
      retryAfterMs: retryAfterMs(response.headers["retry-after"], Date.now()),
    };
  }
  if (status === 401 || status === 403) {
    return {
      kind: "invalid",
      message: `The endpoint does not accept the key (HTTP ${status}): check the API key.${said}`,
    };
  }
  if (status === 404 || status === 405) {
    return {
      kind: "invalid",
      message: `The endpoint has no such path or model (HTTP ${status}): check the address, which usually ends in /v1, and the model's name.${said}`,
    };
  }
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    return {
      kind: "transient",
      message: `The endpoint failed with HTTP ${status}: its own log should say why.${said}`,
    };
  }
  return { kind: "invalid", message: `The endpoint does not accept the request (HTTP ${status}).${said}` };
}

/** undefined is a page or a proxy's words: nothing a submitter would understand. */
function readSaid(json: unknown): { code: string; said: string } {
  const error = openAiError.safeParse(json);
  if (error.success)
    return { code: String(error.data.error.code ?? ""), said: error.data.error.message ?? "" };
  const detail = detailError.safeParse(json);
  if (!detail.success) return { code: "", said: "" };
  const { detail: said } = detail.data;
  return { code: "", said: typeof said === "string" ? said : said.map((each) => each.msg).join("; ") };
}

/** Nobody is waited for longer, whatever they ask for. */
const LONGEST_WAIT_MS = 3_600_000;

/** Retry-After: seconds or an HTTP date (RFC 9110), an hour at most; null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(header)) return Math.min(Math.round(Number(header) * 1000), LONGEST_WAIT_MS);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.min(Math.max(0, date - now), LONGEST_WAIT_MS);
}
