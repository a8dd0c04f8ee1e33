import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";

/**
 * Without a proxy of ours in front, X-Forwarded-For is whatever a client claims; it is dropped before Next.js, which
 * keeps a given one, puts the connection's own address there.
 */
export function distrustForwardedHeaders(): void {
  if (env().TRUSTED_PROXIES > 0) return;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    delete request.headers["x-forwarded-for"];
    delete request.headers["x-forwarded-host"];
  });
}
