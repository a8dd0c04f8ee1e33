import type { Changed, ErrorResponse } from "@/lib/schemas/error-response";

/** A refused or failed request, in words a visitor can act on. */
export class ApiError extends Error {
  constructor(
    /** The API's error code, or "offline" when the server could not be reached. */
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly retryAfterSeconds: number | null = null,
    /** Who changed what was edited, after it had been read. */
    readonly changed: Changed | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/**
 * Call Salon's own HTTP API from the browser.
 * @throws ApiError for every answer that is not 2xx, and when there is no answer.
 */
export async function callApi<T>(
  path: string,
  options: {
    method?: "GET" | "POST" | "PATCH" | "DELETE";
    body?: unknown;
    /** Of what is changed, as it was read: a newer one is not overwritten. */
    revision?: number;
    signal?: AbortSignal;
    /** Whether it goes on when the page is left. */
    keepalive?: boolean;
  } = {},
): Promise<T> {
  const { method = options.body === undefined ? "GET" : "POST", body, revision, signal, keepalive } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal,
      keepalive,
      cache: "no-store",
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(revision !== undefined && { "if-match": `"${revision}"` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("offline", "Salon could not be reached. Check the connection and try again.");
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const error = errorOf(answer);
  const wait = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  if (error === null)
    throw new ApiError(
      "internal",
      `Salon answered ${response.status}. Try again in a moment.`,
      null,
      retryAfter,
    );
  const { code, message, field = null, changed = null } = error;
  throw new ApiError(code, message, field, retryAfter, changed);
}

/** The error of an answer of ours; null: it is a proxy's, or none. By hand: the schema would bring its library into every page. */
function errorOf(answer: unknown): ErrorResponse["error"] | null {
  const error = (answer as Partial<ErrorResponse> | null)?.error;
  return typeof error?.code === "string" && typeof error.message === "string" ? error : null;
}

const PASSING = ["offline", "rate_limited", "unavailable", "internal"];

/** Whether the same request may succeed a while later. */
export function mayPass({ code }: ApiError): boolean {
  return PASSING.includes(code);
}

/** Any thrown thing as an ApiError. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError(
    "internal",
    thrown instanceof Error ? thrown.message : "Something went wrong. Try again.",
  );
}
