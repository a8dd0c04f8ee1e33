import type { Command } from "commander";
import { env } from "@/lib/env";
import { enterRoot } from "./root";
import { prepareDatabase } from "./start/start";

/** `salon seed`: migrate and seed the database at DATABASE_URL (or the running embedded one). */
export function registerSeed(program: Command): void {
  program
    .command("seed")
    .description("migrate the database and seed what Salon ships: board, prompts, reference statistics")
    .action(async () => {
      enterRoot();
      await prepareDatabase(env().databaseUrl, (line) => console.log(line));
      console.log("The database is up to date.");
    });
}
