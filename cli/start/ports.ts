import { createServer } from "node:net";

/** Whether something else already listens on a port. */
export function isPortTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES"),
    );
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}
