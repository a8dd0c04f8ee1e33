import { spawn } from "node:child_process";
import type { Command } from "commander";
import { createEnvironmentOwner } from "@/lib/accounts/create-account";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { closeDataFolder } from "./data-folder";
import { announceReady, endWithSupervisor, onStop } from "./process";
import { readyDatabase } from "./ready-database";
import { enterRoot } from "./root";
import { buildSiteIfStale } from "./start/build-site";
import { waitForHttp } from "./start/wait-for-http";

/** Has Next.js end when this process was killed without a chance to end it. */
const GUARD = new URL("./guard-process.mjs", import.meta.url).href;

/** `salon web`: the site alone; builds it first when its build is missing or stale. */
export function registerWeb(program: Command): void {
  program
    .command("web")
    .description("run the site alone")
    .option("--dev", "recompile on change")
    .option("--build", "build it, and end: what a deployment does before it starts")
    .action(async (options: { dev?: boolean; build?: boolean }) => {
      enterRoot();
      if (options.build) return buildSiteIfStale((line) => console.log(line));
      endWithSupervisor();
      const settings = env();
      const { PORT, HOST, databaseUrl, siteUrl } = settings;
      for (const complaint of await closeDataFolder(settings)) console.warn(complaint);
      await readyDatabase(databaseUrl);
      if (await createEnvironmentOwner(Date.now()))
        console.log(`Made the owner's account of ${settings.SALON_OWNER_EMAIL}.`);
      await db().$disconnect();
      if (!options.dev) await buildSiteIfStale((line) => console.log(line));
      const next = spawn(
        process.execPath,
        [
          "--import",
          GUARD,
          "node_modules/next/dist/bin/next",
          options.dev ? "dev" : "start",
          "-p",
          String(PORT),
          "-H",
          HOST,
        ],
        { stdio: ["ignore", "inherit", "inherit"] },
      );
      const gone = new Promise<void>((resolve) => next.once("exit", () => resolve()));
      onStop(async () => {
        // A keep-alive connection would hold `next start` open; nobody is owed a slow goodbye.
        next.kill("SIGTERM");
        const late = setTimeout(() => next.kill("SIGKILL"), 1_500);
        await gone;
        clearTimeout(late);
      });
      next.once("exit", (code) => process.exit(code ?? 1));
      await waitForHttp(`${siteUrl}/api/health`, 120_000);
      announceReady();
    });
}
