import pino from "pino";
import { parseGenerationEnv, type GenerationEnv } from "@/generation/env";
import { startGenerationServer, type GenerationServer } from "@/generation/server";

/** Longest an orderly stop may take; a supervisor allows five seconds. */
const STOP_LIMIT_MS = 4000;

async function main(): Promise<void> {
  const env = parseGenerationEnv();
  // pino's own writer would repeat a write to a reader that is gone for ever (sonic-boom's flushSync at the exit).
  process.stdout.on("error", () => {});
  const logger = pino({ level: env.LOG_LEVEL, name: "generation" }, process.stdout);
  const server = await startGenerationServer({
    port: env.GENERATION_PORT,
    host: env.GENERATION_HOST,
    modelsDir: env.GENERATION_MODELS_DIR,
    judgesDir: env.GENERATION_JUDGES_DIR,
    threads: env.GENERATION_THREADS,
    queueLimit: env.GENERATION_QUEUE_LIMIT,
    logger,
  }).catch((error: unknown) => {
    throw describeStartFailure(error, env);
  });
  logger.info({ url: server.url }, "listening");
  stopOnRequest(server);
}

/** Stop on SIGTERM, SIGINT, or when the parent that holds our IPC channel is gone. */
function stopOnRequest(server: GenerationServer): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.kill(process.pid, "SIGKILL"), STOP_LIMIT_MS).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
}

function describeStartFailure(error: unknown, env: GenerationEnv): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const place = `${env.GENERATION_HOST}:${env.GENERATION_PORT}`;
  if (error.code === "EADDRINUSE") return new Error(`${place} is taken; set GENERATION_PORT to a free port.`);
  if (error.code === "EACCES")
    return new Error(`May not listen on ${place}; set GENERATION_PORT above 1023.`);
  if (error.code === "EADDRNOTAVAIL")
    return new Error(`${place} is no address of this machine (GENERATION_HOST).`);
  return error;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
