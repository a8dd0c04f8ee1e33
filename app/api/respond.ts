import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isDiskFull, pausedByDisk } from "@/lib/disk-full";
import { ERROR_STATUS, SalonError, type Changed, type ErrorCode, type QuotaRefusal } from "@/lib/errors";

/** No body of the API is larger; a longer one is not read to its end. */
const MAX_BODY_BYTES = 64 * 1024;

/** Answer a request with its handler's response, or with its error as {error: {code, message, field}}. */
export async function respond(request: Request, handle: () => Promise<Response>): Promise<Response> {
  try {
    if (/%00/.test(request.url)) throw noNulAllowed();
    return await handle();
  } catch (error) {
    return errorResponse(error);
  }
}

export function json(body: unknown, init: { status?: number; headers?: HeadersInit } = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return Response.json(body, { status: init.status, headers });
}

/** Browsers give up on an answer of which nothing has come for five minutes, and most proxies after one. */
const LONGEST_SILENCE_MS = 20_000;

/**
 * Answer with JSON that may take minutes: once it has taken a while, spaces go ahead of it, as JSON may begin with, so that nobody on
 * the way gives up. What goes wrong later than that can have no status of its own any more: the answer breaks off.
 */
export async function slowJson(
  work: Promise<unknown>,
  init: { headers?: HeadersInit } = {},
  silenceMs = LONGEST_SILENCE_MS,
): Promise<Response> {
  const silence = AbortSignal.timeout(silenceMs);
  const isQuick = await Promise.race([
    work.then(() => true),
    new Promise<false>((resolve) => silence.addEventListener("abort", () => resolve(false))),
  ]);
  if (isQuick) return json(await work, init);
  let beat: NodeJS.Timeout | undefined;
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(text.encode(" "));
      beat = setInterval(() => controller.enqueue(text.encode(" ")), silenceMs);
      void work
        .then((answer) => {
          controller.enqueue(text.encode(JSON.stringify(answer)));
          controller.close();
        })
        .catch((error: unknown) => controller.error(error))
        .finally(() => clearInterval(beat));
    },
    cancel: () => clearInterval(beat),
  });
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json");
  headers.set("cache-control", "no-store");
  // Proxies that gather an answer before they pass it on would give up all the same.
  headers.set("x-accel-buffering", "no");
  return new Response(body, { headers });
}

/**
 * A request's JSON body as a schema describes it.
 * @throws SalonError "too_large" or "invalid_request", ZodError with the fields at fault
 */
export async function readBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const text = await readText(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new SalonError("invalid_request", "The body is not JSON.", { cause });
  }
  return parse(body, schema);
}

/** Query parameters as a schema describes them; one given twice counts once, the last. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  return parse(Object.fromEntries(new URL(request.url).searchParams), schema);
}

function parse<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
  const parsed = schema.parse(value);
  if (containsNul(parsed)) throw noNulAllowed();
  return parsed;
}

function containsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.values(value).some(containsNul);
}

/** PostgreSQL's text cannot hold it. */
const noNulAllowed = () => new SalonError("invalid_request", "Texts may not contain the character U+0000.");

async function readText(request: Request): Promise<string> {
  const tooLarge = new SalonError(
    "too_large",
    `The body is longer than ${MAX_BODY_BYTES / 1024} KiB, the most this API reads.`,
  );
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function errorResponse(error: unknown): Response {
  const { code, message, field, retryAfterSeconds, changed, quota } = describe(error);
  const headers = new Headers();
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  const body = {
    error: { code, message, field: field ?? null, ...(changed && { changed }), ...(quota && { quota }) },
  };
  return json(body, { status: ERROR_STATUS[code], headers });
}

function describe(error: unknown): {
  code: ErrorCode;
  message: string;
  field?: string;
  retryAfterSeconds?: number;
  changed?: Changed;
  quota?: QuotaRefusal;
} {
  if (error instanceof SalonError && error.code !== "internal") {
    return { code: error.code, message: error.message, ...error.details };
  }
  if (error instanceof z.ZodError) {
    const { path, message, code } = error.issues[0];
    const field = code === "unrecognized_keys" ? error.issues[0].keys[0] : path.join(".") || undefined;
    return { code: "invalid_request", message: field ? `${field}: ${message}` : message, field };
  }
  if (isDiskFull(error)) return describe(pausedByDisk());
  // Prisma: no connection came free in time to start a transaction.
  if ((error as { code?: unknown } | null)?.code === "P2028") {
    return {
      code: "rate_limited",
      message: "The site is busy. Try again in a moment.",
      retryAfterSeconds: 2,
    };
  }
  // What went wrong inside is for the operator's log, not for the caller.
  const id = randomUUID().slice(0, 8);
  console.error(`error ${id}:`, error);
  return { code: "internal", message: `Something went wrong here. Try again in a moment. (error ${id})` };
}
