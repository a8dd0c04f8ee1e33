import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { Hono } from "hono";
import { METHOD_NAME_ALL } from "hono/router";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isAllowedHost } from "@/lib/schemas/allowed-host";
import { ApiError } from "./api-error";
import { isInvalidJson } from "./json-body";

/** What a handler finds in its context. */
export interface ApiEnv {
  Variables: {
    /** Aborted when the client goes away before it has its answer. */
    signal: AbortSignal;
  };
}

/** The routes of one resource; refusals are thrown as ApiErrors. */
export const newRoutes = () => new Hono<ApiEnv>();

export interface AppOptions {
  /** Its own name or address; addresses and loopback's names are answered besides (see isAllowedHost). */
  host: string;
  /** Hears of every error that is not an ApiError. */
  onError: (error: unknown) => void;
}

/** Serve routes over node:http. GET routes answer HEAD too. */
export function listenerOf(
  resources: readonly Hono<ApiEnv>[],
  { host, onError }: AppOptions,
): RequestListener {
  const app = newRoutes();
  app.use(async (c, next) => {
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    // Later ones may stand for a copy of the request.
    c.set("signal", c.req.raw.signal);
    if (!isAllowedHost(c.req.header("host"), { HOST: host, ALLOWED_HOSTS: [] }))
      throw new ApiError(
        421,
        "unknown_host",
        "Call this server by its address, localhost or its GENERATION_HOST.",
      );
    requireDecodable(c.req.url);
    await next();
  });
  for (const resource of resources) app.route("/", resource);
  refuseOtherMethods(app);
  app.notFound((c) => {
    throw new ApiError(404, "unknown_url", `Unknown URL: ${c.req.method} ${c.req.path.slice(0, 200)}`);
  });
  app.onError((error, c) => {
    const { status, body, headers } = asApiError(error);
    if (status === 500 && !(error instanceof ApiError) && !c.var.signal.aborted) onError(error);
    return c.json(body, status as ContentfulStatusCode, headers);
  });
  return getRequestListener(app.fetch, {
    errorHandler: (error) => {
      const { status, body } =
        error instanceof RequestError
          ? new ApiError(400, "invalid_url", "The URL or the Host header is malformed.")
          : asApiError(error);
      return Response.json(body, { status });
    },
  });
}

/** Hono's parameters keep a malformed percent sign as it is: no id has one. */
function requireDecodable(url: string): void {
  try {
    decodeURIComponent(new URL(url).pathname);
  } catch {
    throw new ApiError(400, "invalid_url", "The URL has a malformed percent sign.");
  }
}

/** Whatever a path is not asked for is refused with the methods that it answers. */
function refuseOtherMethods(app: Hono<ApiEnv>): void {
  const methods = new Map<string, string[]>();
  for (const { method, path } of app.routes) {
    if (method === METHOD_NAME_ALL) continue;
    const names = method === "GET" ? ["GET", "HEAD"] : [method];
    methods.set(path, [...new Set([...(methods.get(path) ?? []), ...names])]);
  }
  for (const [path, names] of methods) {
    const allow = names.join(", ");
    app.all(path, (c) => {
      throw new ApiError(405, "method_not_allowed", `${c.req.method} is not allowed here; ${allow} is.`, {
        headers: { allow },
      });
    });
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isInvalidJson(error)) return new ApiError(400, "invalid_json", "The body could not be parsed as JSON.");
  return new ApiError(500, "internal_error", "The server failed.");
}
