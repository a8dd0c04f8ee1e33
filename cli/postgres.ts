import path from "node:path";
import type { Command } from "commander";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { env } from "@/lib/env";
import { announceReady, onStop } from "./process";
import { enterRoot } from "./root";

/** `salon postgres`: the embedded database alone, in the foreground. */
export function registerPostgres(program: Command): void {
  program
    .command("postgres")
    .description("run the embedded PostgreSQL alone")
    .action(async () => {
      enterRoot();
      const settings = env();
      const server = await startEmbeddedPostgres({
        dataDir: path.join(settings.SALON_DATA_DIR, "postgres"),
        port: settings.EMBEDDED_POSTGRES_PORT,
        database: "salon",
        onLog: (line) => console.log(line),
      });
      onStop(() => server.stop());
      announceReady();
    });
}
