import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface TestServer {
  /** Without a slash at its end. */
  origin: string;
  port: number;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of loopback. @param prepare before its first request */
export async function startServer(
  listener: RequestListener,
  port = 0,
  prepare?: (server: Server) => void,
): Promise<TestServer> {
  const server = createServer(listener);
  prepare?.(server);
  // On a busy machine a client may come back to an idle connection late.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const at = (server.address() as AddressInfo).port;
  return {
    origin: `http://127.0.0.1:${at}`,
    port: at,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
