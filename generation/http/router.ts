import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { ApiError } from "./api-error";

/** What a handler sees of a request. */
export interface Call {
  request: IncomingMessage;
  /** The parts of the path that the route's pattern names. */
  params: Record<string, string>;
  /** Aborted when the client goes away before it has its answer. */
  signal: AbortSignal;
}

/** What a handler answers: an object goes out as JSON, bytes as they are. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: object | Buffer;
}

export interface Route {
  method: "GET" | "POST";
  /** Literal segments and `:name` ones, such as /v1/models/:id. */
  path: string;
  handle: (call: Call) => Reply | Promise<Reply>;
}

/** Serve routes over node:http. GET routes answer HEAD too. `onError` hears of every error that is not an ApiError. */
export function serveRoutes(routes: readonly Route[], onError: (error: unknown) => void): RequestListener {
  return async (request, response) => {
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort(new ClientGoneError());
    });
    try {
      const { route, params } = findRoute(routes, request);
      send(response, await route.handle({ request, params, signal: gone.signal }));
    } catch (error) {
      if (gone.signal.aborted || request.errored || response.headersSent) return;
      if (!(error instanceof ApiError)) onError(error);
      const known =
        error instanceof ApiError ? error : new ApiError(500, "internal_error", "The server failed.");
      send(response, { status: known.status, headers: known.headers, body: known.body });
    } finally {
      // A body nobody read must not block the connection's next request.
      request.resume();
    }
  };
}

class ClientGoneError extends Error {
  constructor() {
    super("The client closed the connection.");
  }
}

function findRoute(routes: readonly Route[], request: IncomingMessage) {
  const path = (request.url ?? "/").split("?", 1)[0];
  const method = request.method === "HEAD" ? "GET" : request.method;
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  if (matches.length === 0) {
    throw new ApiError(404, "unknown_url", `Unknown URL: ${request.method} ${path.slice(0, 200)}`);
  }
  const match = matches.find(({ route }) => route.method === method);
  if (match) return match;
  const allow = matches.map(({ route }) => (route.method === "GET" ? "GET, HEAD" : route.method)).join(", ");
  throw new ApiError(405, "method_not_allowed", `${request.method} is not allowed here; ${allow} is.`, {
    headers: { allow },
  });
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (let index = 0; index < wanted.length; index += 1) {
    if (wanted[index].startsWith(":")) params[wanted[index].slice(1)] = decodeSegment(given[index]);
    else if (wanted[index] !== given[index]) return null;
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, "invalid_url", "The URL has a malformed percent sign.");
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
    "content-length": bytes.length,
  });
  response.end(bytes);
}
