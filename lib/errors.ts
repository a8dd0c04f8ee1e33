/** What went wrong, by kind. app/ maps kinds to HTTP in one place; jobs read `retryable`. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthorised: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  /** The operator took it off the site. */
  hidden: 404,
  conflict: 409,
  /** It was there, and is not shown any more. */
  gone: 410,
  too_large: 413,
  misdirected: 421,
  not_ready: 409,
  /** The last test of what is submitted failed, and nobody has said that it is meant all the same. */
  probe_failed: 409,
  rate_limited: 429,
  endpoint_failed: 502,
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Who changed something last, as far as who is told may know, and when. */
export interface Changed {
  /** The revision that is newest now. */
  revision: number;
  at: string | null;
  who: "you" | "operator" | "salon" | "other";
  name: string | null;
}

/** What somebody had used of a quota (lib/access/quotas.ts) when they asked for more than it has. */
export interface QuotaRefusal {
  name: string;
  limit: number;
  used: number;
}

/** An error a caller can act on: a stable code, a sentence that says what to do, and whether trying again can help. */
export class SalonError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** The request's field at fault, seconds to wait, who changed what was edited, or the quota that is used up, where there is one. */
  readonly details: { field?: string; retryAfterSeconds?: number; changed?: Changed; quota?: QuotaRefusal };

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      retryable?: boolean;
      field?: string;
      retryAfterSeconds?: number;
      changed?: Changed;
      quota?: QuotaRefusal;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "SalonError";
    this.code = code;
    this.retryable = options.retryable ?? ["rate_limited", "not_ready", "unavailable"].includes(code);
    const { field, retryAfterSeconds, changed, quota } = options;
    this.details = { field, retryAfterSeconds, changed, quota };
  }
}

/**
 * What may be said of a failure outside the operator's log. Only a SalonError speaks for itself: every other message is of our own
 * code, and quotes its source, paths and rows.
 * @returns null: nothing
 */
export const publicMessage = (error: unknown): string | null =>
  error instanceof SalonError && error.code !== "internal" ? error.message : null;
