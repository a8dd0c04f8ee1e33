import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { isAllowedHost } from "@/lib/schemas/allowed-host";
import { isApi, refusalOf } from "@/app/api/screened-address";
import { keepPages } from "@/app/kept-pages";
import { varyByLanguage } from "@/app/vary-by-language";
import { env } from "@/lib/env";

/** Look at each request before Next.js does; all of them come by here, files and uploads too. */
export function screenRequests(): void {
  const settings = env();
  const known = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as {
      request: IncomingMessage;
      response: ServerResponse;
      server: Server;
    };
    // The first request of a server comes by here before its listeners hear of it.
    if (!known.has(server) && process.env.NODE_ENV === "production") keepPages(server);
    known.add(server);
    varyByLanguage(request.url, response);
    if (settings.TRUSTED_PROXIES === 0) distrustForwardedHeaders(request);
    // Behind a proxy both count: a page may set X-Forwarded-Host, but not Host.
    const { host, "x-forwarded-host": forwarded } = request.headers;
    const hosts = [host, ...(forwarded === undefined ? [] : String(forwarded).split(","))];
    if (!hosts.every((name) => isAllowedHost(name?.trim(), settings))) {
      answerFrom(request, "/api/refused/host");
      request.headers.host = "localhost";
      delete request.headers["x-forwarded-host"];
      return;
    }
    dropOddRouterState(request);
    const why = refusalOf(request);
    // Whoever opens an address of no page sees the page that says so.
    if (why === "address" && !isApi(request.url ?? "")) answerFrom(request, "/_not-found");
    else if (why !== null) answerFrom(request, `/api/refused/${why}`);
  });
}

/**
 * Without a proxy of ours in front, X-Forwarded-* is whatever a client claims; it is dropped before Next.js, which keeps
 * given ones, puts there what the connection says.
 */
function distrustForwardedHeaders({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers)) if (name.startsWith("x-forwarded-")) delete headers[name];
}

/** A router state that Next.js cannot read is an error of its server; without one it answers with the whole page. */
function dropOddRouterState({ headers }: IncomingMessage): void {
  try {
    parseAndValidateFlightRouterState(headers["next-router-state-tree"]);
  } catch {
    delete headers["next-router-state-tree"];
  }
}

/** Let another address of the site answer it, whatever it asked for. */
function answerFrom(request: IncomingMessage, url: string): void {
  request.method = "GET";
  request.url = url;
}
