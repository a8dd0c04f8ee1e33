import type { JsonResponse } from "@/lib/providers/guarded-client";
import { readError, type ErrorAnswer, type ErrorKind, type ErrorReading } from "@/lib/providers/outcomes";
import { redactKey } from "@/lib/providers/redact";

export interface ApiErrorOutcome {
  kind: ErrorKind;
  message: string;
  retryAfterMs: number | null;
}

/** An answer other than 2xx by what can be done about it, in a sentence that says so. */
export function readApiError(
  response: Pick<JsonResponse, "status" | "headers" | "json">,
  apiKey: string | null,
): ApiErrorOutcome {
  return describeError(response, readError(response, Date.now()) ?? NOTHING_SAID, apiKey);
}

const NOTHING_SAID: ErrorReading = { kind: "invalid", code: "", said: "", retryAfterMs: null };

/** The same where it is known already what it means. */
export function describeError(
  { status, failed }: Pick<ErrorAnswer, "status" | "failed">,
  { kind, code, said, retryAfterMs }: ErrorReading,
  apiKey: string | null,
): ApiErrorOutcome {
  const words = said === "" ? code : said;
  const quoted = words === "" ? "" : ` It says: ${redactKey(words, apiKey).slice(0, 300)}`;
  const at = failed ? "" : ` (HTTP ${status})`;
  return { kind, message: sentenceOf(kind, status, at, failed ?? false) + quoted, retryAfterMs };
}

function sentenceOf(kind: ErrorKind, status: number, at: string, failed: boolean): string {
  switch (kind) {
    case "refused":
      return "The endpoint's moderation refused this prompt.";
    case "out_of_credit":
      return `The account behind the key has no credit left${at}.`;
    case "rate_limited":
      return `The endpoint is asked too fast${at}: let it take fewer requests at a time.`;
    case "loading":
      return `The endpoint is still loading its model${at}.`;
    case "timeout":
      return `A gateway gave up waiting for the endpoint${at}: the image may have been made, and charged, all the same.`;
    case "transient":
      return failed
        ? "The endpoint's task failed."
        : `The endpoint failed with HTTP ${status}: its own log should say why.`;
    case "invalid":
      if (status === 401 || status === 403)
        return `The endpoint does not accept the key${at}: check the API key.`;
      if (status === 404 || status === 405)
        return `The endpoint has no such path or model${at}: check the address, which usually ends in /v1, and the model's name.`;
      return `The endpoint does not accept the request${at}.`;
  }
}
