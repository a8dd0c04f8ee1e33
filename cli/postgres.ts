import path from "node:path";
import type { Command } from "commander";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { env } from "@/lib/env";
import { closeDataFolder } from "./data-folder";
import { announceReady, endWithSupervisor, onStop } from "./process";
import { enterRoot } from "./root";

/** `salon postgres`: the embedded database alone, in the foreground. */
export function registerPostgres(program: Command): void {
  program
    .command("postgres")
    .description("run the embedded PostgreSQL alone")
    .action(async () => {
      enterRoot();
      endWithSupervisor();
      const settings = env();
      for (const complaint of await closeDataFolder(settings)) console.warn(complaint);
      const server = await startEmbeddedPostgres({
        dataDir: path.join(settings.SALON_DATA_DIR, "postgres"),
        port: settings.EMBEDDED_POSTGRES_PORT,
        database: "salon",
        onLog: (line) => console.log(line),
      });
      let stopping = false;
      onStop(() => {
        stopping = true;
        return server.stop();
      });
      void server.ended.then((reason) => {
        if (stopping) return;
        console.error(`error: the database server ended by itself (${reason}${explain(reason)}).`);
        process.exit(1);
      });
      announceReady();
    });
}

/** What most often lies behind an end. */
function explain(reason: string): string {
  return reason === "signal SIGKILL" ? ": by kill -9, or by the system for want of memory" : "";
}
