import type { IncomingMessage } from "node:http";

/**
 * Run by Next.js when the site's server starts. Without a proxy of ours in front, X-Forwarded-For is whatever a client
 * claims; it is dropped before Next.js, which keeps a given one, puts the connection's own address there.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { subscribe } = await import("node:diagnostics_channel");
  const { env } = await import("@/lib/env");
  if (env().TRUSTED_PROXIES > 0) return;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    delete request.headers["x-forwarded-for"];
    delete request.headers["x-forwarded-host"];
  });
}
