/**
 * What every long-running process of Salon has in common: it tells its supervisor when it is ready, and it stops
 * on SIGTERM, on SIGINT and when the supervisor is gone.
 */
export function announceReady(): void {
  process.send?.("ready");
}

/** Run `stop` once, on the first reason to stop, then exit. */
export function onStop(stop: () => Promise<unknown>): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    void stop()
      .catch((error: unknown) => console.error(error))
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  process.on("disconnect", once);
}
