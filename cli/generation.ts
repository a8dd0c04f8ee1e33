import type { Command } from "commander";
import { env } from "@/lib/env";
import { announceReady, endWithSupervisor } from "./process";
import { enterRoot } from "./root";
import { waitForHttp } from "./start/wait-for-http";

/** `salon generation`: the bundled generation backend alone. */
export function registerGeneration(program: Command): void {
  program
    .command("generation")
    .description("run the bundled generation backend alone")
    .action(async () => {
      enterRoot();
      endWithSupervisor();
      await import("../generation/main");
      await waitForHttp(`${env().generationUrl}/healthz`, 120_000);
      announceReady();
    });
}
