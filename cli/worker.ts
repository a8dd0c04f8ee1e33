import type { Command } from "commander";
import { env } from "@/lib/env";
import { closeDataFolder } from "./data-folder";
import { announceReady, endWithSupervisor } from "./process";
import { readyDatabase } from "./ready-database";
import { enterRoot } from "./root";

/** `salon worker`: one worker process alone; start as many as there are machines. */
export function registerWorker(program: Command): void {
  program
    .command("worker")
    .description("run one worker process; many may share one database")
    .action(async () => {
      enterRoot();
      endWithSupervisor();
      const settings = env();
      for (const complaint of await closeDataFolder(settings)) console.warn(complaint);
      await readyDatabase(settings.databaseUrl);
      await import("../workers/main");
      announceReady();
    });
}
