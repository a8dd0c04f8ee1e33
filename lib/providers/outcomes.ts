/**
 * What an answer without an image means, by one table over everything that providers were seen to say: vendors' own documents and
 * clients, self-hosted servers' sources. Pure, and the only place that decides it.
 */

/**
 * - refused: moderation said no; asking again would be told the same
 * - out_of_credit: the account behind the key has no money; everything else would be told the same until a person pays
 * - rate_limited, loading: asked too fast, or not up yet; the same request is right later
 * - timeout: it may have been done, and charged, all the same
 * - transient: it broke down; worth asking again
 * - invalid: something has to be changed first
 */
export type ErrorKind =
  "refused" | "out_of_credit" | "rate_limited" | "loading" | "timeout" | "transient" | "invalid";

export interface ErrorReading {
  kind: ErrorKind;
  /** The first code that is more than a status in other words; "": none. */
  code: string;
  /** Its words; "": none that are meant for people. */
  said: string;
  /** How long to wait as it says, an hour at most; null: it does not. */
  retryAfterMs: number | null;
}

export interface ErrorAnswer {
  status: number;
  /** Names in small letters. */
  headers: Readonly<Record<string, string | undefined>>;
  /** undefined: no JSON. */
  json: unknown;
  /** A task that ended without an image, whatever the status of the answer that says so. */
  failed?: boolean;
}

/** Names of fields that hold codes, and of those that hold words, at any level of an error. */
const CODE_FIELDS = new Set(
  "code type name status status_str error_type task_status failureCode failure_code finishReason finish_reason blockReason".split(
    " ",
  ),
);
const TEXT_FIELDS = new Set(
  "message msg error detail title description details errors failure failure_reason task_status_msg exception_message raiMediaFilteredReasons".split(
    " ",
  ),
);
const WAIT_FIELDS = new Set(["retry_after", "retryAfter", "estimated_time", "retryDelay"]);
const MOST_VALUES = 2_000;
const DEEPEST = 8;

interface Said {
  codes: string[];
  texts: string[];
  /** Waits as they are written: seconds, or "12s". */
  waits: (string | number)[];
  isFlagged: boolean;
}

const REFUSALS = new Set(
  [
    "moderation_blocked content_policy_violation image_content_policy_violation content_filter contentfilter content_moderation",
    "content_moderation_violation datainspectionfailed data_inspection_failed illegal_prompt responsibleaipolicyviolation",
    "request_moderated content_moderated content_filtered image_generation_user_error",
    "image_safety image_prohibited_content image_recitation safety prohibited_content blocklist recitation spii",
  ].flatMap((words) => words.split(" ")),
);
const NO_CREDIT = new Set(
  "insufficient_quota billing_hard_limit_reached arrearage billing_balance_not_enough insufficient_credits insufficient_balance insufficient_funds payment_required account_balance_not_enough accountoverdueerror".split(
    " ",
  ),
);
const TOO_FAST = new Set(
  "rate_limit_exceeded rate_limit_error rate_limited too_many_requests resource_exhausted concurrent_limit_exceeded requestburst".split(
    " ",
  ),
);
const NOT_UP = new Set("model_loading loading model_not_ready service_loading".split(" "));
/** Codes of the kind of an error, not of its cause: people are told better ones. */
const EMPTY_CODES = /^(error|invalid_request_error|server_error|api_error|failed|\d+|)$/i;

const REFUSAL_TEXT =
  /safety system|content (policy|moderation)|content management policy|responsible ai|sensitive (words|content)|nsfw|flagged|moderat(ed|ion)/i;
const CREDIT_TEXT =
  /insufficient (balance|credit|fund|quota)|(exhausted|not enough) (balance|credit)|out of credit|no credits? left|credit balance is too low|account balance (is )?(not enough|insufficient)/i;
const LOADING_TEXT =
  /\b(is|still|currently|model) (currently )?(loading|starting|warming)|not (yet )?initiali[sz]ed|cold start|warming up|is being (loaded|deployed)/i;
const WRONG_INPUT =
  /invalid[_ ]?(parameter|request|argument|input|image)|validation|unsupported|unprocessable|not found|does not exist/i;

/** Waiting longer is not waited for, whatever they ask for. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Sort an answer by what can be done about it.
 * @param now milliseconds since 1970, by which a date in a header is a wait
 * @returns null for a 2xx that says nothing is wrong
 */
export function readError(answer: ErrorAnswer, now: number): ErrorReading | null {
  const said = collect(answer.json);
  const kind = kindOf(answer, said);
  if (kind === null) return null;
  const waits = kind === "rate_limited" || kind === "loading" || kind === "transient";
  return {
    kind,
    code: said.codes.find((code) => !EMPTY_CODES.test(code)) ?? "",
    said: [...new Set(said.texts)].join("; ").slice(0, 1_000),
    retryAfterMs: waits ? readWait(answer, said, now) : null,
  };
}

function kindOf({ status, headers, failed = false }: ErrorAnswer, said: Said): ErrorKind | null {
  const codes = said.codes.map((code) => code.trim().toLowerCase().replace(/[ -]/g, "_"));
  const has = (known: ReadonlySet<string>) => codes.some((code) => known.has(code));
  const isSuccess = status >= 200 && status <= 299;
  const words = said.texts.join("\n").slice(0, 4_000);
  if (said.isFlagged || has(REFUSALS) || codes.some(isRefusal)) return "refused";
  if (status === 402 || has(NO_CREDIT)) return "out_of_credit";
  if (isSuccess && !failed && words === "" && !codes.some(isErrorCode)) return null;
  if ((failed || [400, 403, 429].includes(status) || isSuccess) && CREDIT_TEXT.test(words))
    return "out_of_credit";
  if (status === 429 || has(TOO_FAST) || codes.some((code) => code.startsWith("throttling")))
    return "rate_limited";
  if (has(NOT_UP) || ((status === 503 || status === 425) && (LOADING_TEXT.test(words) || hasEstimate(said))))
    return "loading";
  if ((failed || [400, 403, 422].includes(status) || isSuccess) && REFUSAL_TEXT.test(words)) return "refused";
  if (headers["x-fal-retryable"] === "false" && status >= 500) return "invalid";
  if (status === 504 || status === 524) return "timeout";
  if (status >= 500 || [408, 409, 425].includes(status)) return "transient";
  if (failed) return WRONG_INPUT.test(`${codes.join(" ")} ${words}`) ? "invalid" : "transient";
  return "invalid";
}

/** Runway's SAFETY.INPUT.TEXT, ByteDance's OutputVideoSensitiveContentDetected. */
const isRefusal = (code: string) => code.startsWith("safety.") || code.includes("sensitivecontent");

/** On a 2xx a code is only an error's if it looks like one: DashScope says InvalidParameter there, Kling 1201. */
const isErrorCode = (code: string) =>
  /invalid|error|denied|unauthori[sz]ed|not_?found|unsupported|^[1-9]\d{3}$/.test(code);

const hasEstimate = ({ waits }: Said) => waits.length > 0;

/** Everything that an answer says of itself, wherever it stands. */
function collect(json: unknown): Said {
  const said: Said = { codes: [], texts: [], waits: [], isFlagged: false };
  let left = MOST_VALUES;
  const walk = (value: unknown, field: string, depth: number): void => {
    if (--left < 0 || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      // A list of words, such as Stability's errors, and one of flags, one an image.
      for (const each of value as unknown[]) walk(each, field, depth + 1);
    } else if (typeof value === "object" && value !== null) {
      // OpenAI's: whatever it holds, moderation is why.
      if (Object.hasOwn(value, "moderation_details")) said.isFlagged = true;
      for (const [name, each] of Object.entries(value)) walk(each, name, depth + 1);
    } else {
      take(said, field, value);
    }
  };
  walk(json, "", 0);
  return said;
}

function take(said: Said, field: string, value: unknown): void {
  if (field === "respect_moderation" && value === false) said.isFlagged = true;
  if (field === "has_nsfw_concepts" && value === true) said.isFlagged = true;
  if (field === "raiMediaFilteredCount" && typeof value === "number" && value > 0) said.isFlagged = true;
  if (field === "raiMediaFilteredReasons" && typeof value === "string") said.isFlagged = true;
  if (WAIT_FIELDS.has(field) && (typeof value === "number" || typeof value === "string"))
    said.waits.push(value);
  if (CODE_FIELDS.has(field) && (typeof value === "string" || typeof value === "number"))
    said.codes.push(String(value));
  if (TEXT_FIELDS.has(field) && typeof value === "string" && value.trim() !== "")
    said.texts.push(value.trim());
}

function readWait({ headers }: ErrorAnswer, said: Said, now: number): number | null {
  const inMs = headers["retry-after-ms"];
  if (inMs !== undefined && /^\d+(\.\d+)?$/.test(inMs)) return capped(Number(inMs));
  const header = retryAfterMs(headers["retry-after"], now);
  if (header !== null) return header;
  for (const wait of said.waits) {
    const ms = typeof wait === "number" ? wait * 1000 : spelledMs(wait);
    if (ms !== null && ms >= 0) return capped(ms);
  }
  const inText = /(?:try again|retry)(?: after| in)? ((?:[\d.]+ ?(?:ms|seconds?|minutes?|s|m|h) ?)+)/i.exec(
    said.texts.join("\n"),
  );
  const spelled = inText === null ? null : spelledMs(inText[1]);
  if (spelled !== null) return capped(spelled);
  for (const name of ["x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset"]) {
    const ms = resetMs(headers[name], now);
    if (ms !== null) return capped(ms);
  }
  return null;
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** "1m3s", "350ms", "12 seconds", "20" (seconds) in milliseconds; null: none of these. */
function spelledMs(text: string): number | null {
  const plain = text.trim().replace(/ ?(second|minute)s?/gi, (_, unit: string) => unit[0].toLowerCase());
  if (/^\d+(\.\d+)?$/.test(plain)) return Number(plain) * 1000;
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?) ?(ms|h|m|s)/g)];
  if (parts.length === 0) return null;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}

/** A time since 1970 in seconds or milliseconds, or a span. */
function resetMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const number = Number(header);
  if (number > 1e12) return Math.max(0, number - now);
  if (number > 1e9) return Math.max(0, number * 1000 - now);
  return spelledMs(header);
}

const capped = (ms: number) => Math.min(Math.round(ms), LONGEST_WAIT_MS);

/** Retry-After: seconds or an HTTP date (RFC 9110), an hour at most; null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(header)) return capped(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : capped(Math.max(0, date - now));
}
