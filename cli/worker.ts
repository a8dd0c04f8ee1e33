import type { Command } from "commander";
import { env } from "@/lib/env";
import { announceReady } from "./process";
import { readyDatabase } from "./ready-database";
import { enterRoot } from "./root";

/** `salon worker`: one worker process alone; start as many as there are machines. */
export function registerWorker(program: Command): void {
  program
    .command("worker")
    .description("run one worker process; many may share one database")
    .action(async () => {
      enterRoot();
      await readyDatabase(env().databaseUrl);
      await import("../workers/main");
      announceReady();
    });
}
