import path from "node:path";
import type { Command } from "commander";
import { hasOwner, ownerLink } from "@/lib/accounts/invites";
import { assertSchema } from "@/lib/db/check-schema";
import { createDb, db } from "@/lib/db/client";
import { applyMigrations } from "@/lib/db/migrate";
import { env, type Env } from "@/lib/env";
import { seed } from "@/lib/installation/seed";
import { claimInstallation } from "@/lib/installation/claim-installation";
import { installQueue } from "@/lib/queue/install";
import { closeDataFolder } from "../data-folder";
import { enterRoot } from "../root";
import { buildSiteIfStale } from "./build-site";
import { Child } from "./child";
import { preflight } from "./preflight";
import { ProcessLog } from "./process-log";

/** `salon start`: PostgreSQL, migrations, seed, generation backend, worker and site, in this order, supervised. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .description("start everything: PostgreSQL, worker, generation backend and site")
    .option("--dev", "recompile the site on change")
    .action(async (options: { dev?: boolean }) => {
      enterRoot();
      await start(options.dev ?? false);
    });
}

async function start(dev: boolean): Promise<void> {
  const settings = env();
  const say = (line: string) => console.log(line);
  for (const complaint of await closeDataFolder(settings)) say(complaint);
  const problems = await preflight(settings);
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    process.exit(1);
  }

  const running: Child[] = [];
  let stopping = false;
  const stopAll = async (code: number) => {
    if (stopping) return;
    stopping = true;
    say("Stopping ...");
    // The database goes last: the others may still be writing.
    const [first, ...others] = running;
    const database = settings.DATABASE_URL === undefined ? first : undefined;
    await Promise.all([...others, ...(database === first ? [] : [first])].map((child) => child?.stop(2_500)));
    await database?.stop(2_000);
    say("Stopped.");
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stopAll(0));

  const launch = async (name: string, args: string[], isBackground = false) => {
    const log = new ProcessLog(name, path.join(settings.SALON_DATA_DIR, "logs"), say);
    const child = new Child({
      args,
      isBackground,
      onLine: (line) => log.add(line),
      onCrash: (reason, waitMs) =>
        say(`The ${name} process ended (${reason}; ${log.file}). Starting it again in ${waitMs / 1000} s.`),
    });
    running.push(child);
    await child.start().catch((error: Error) => {
      if (!stopping) throw new Error(`${log.tail()}\nThe ${name} process did not start (${error.message}).`);
    });
  };

  // Nothing else takes as long at a first start, and it needs none of what starts meanwhile.
  const built = dev ? Promise.resolve() : buildSiteIfStale(say);
  built.catch(() => {});
  try {
    if (settings.DATABASE_URL === undefined) {
      say(`Starting PostgreSQL (data in ${settings.SALON_DATA_DIR}/postgres) ...`);
      await launch("postgres", ["postgres"]);
    }
    await prepareDatabase(settings.databaseUrl, say);
    // Asked before the site is open: from then on a database that is gone for a moment must not end Salon.
    const owning = await howToOwnIt(settings);
    say("Starting the generation backend and the worker ...");
    const drawing = launch("generation", ["generation"], true).then(() => launch("worker", ["worker"], true));
    await Promise.all([drawing, built.then(() => launch("web", dev ? ["web", "--dev"] : ["web"]))]);
    say(`\n  Salon is open: ${openedAt(settings)}\n`);
    if (!settings.openBeyondLoopback) for (const line of HOW_TO_OPEN_IT) say(`  ${line}`);
    for (const line of owning) say(`  ${line}`);
    say(`  Ctrl-C stops it; its data stays in ${settings.SALON_DATA_DIR}.`);
  } catch (error) {
    if (!stopping) console.error(error instanceof Error ? error.message : error);
    await stopAll(1);
  }
}

const HOW_TO_OPEN_IT = [
  "Only this machine reaches it. To open it to others: HOST=0.0.0.0 npm start. Whoever reaches it may then vote and submit",
  "models; names it is reached by, beside its addresses, go into ALLOWED_HOSTS; for https put a reverse proxy before it.",
];

/** While the site has no owner: the link that makes one, and what is open until then. */
async function howToOwnIt(settings: Env): Promise<string[]> {
  const path = (await hasOwner()) ? null : await ownerLink({ fresh: false, now: Date.now() });
  await db().$disconnect();
  if (path === null) return [];
  return [
    "The site has no owner's account yet. Whoever opens this link first makes it:",
    `  ${settings.SALON_PUBLIC_URL ?? openedAt(settings)}${path}`,
  ];
}

/** The site's address as a person on this machine types it. */
function openedAt({ siteUrl, PORT }: Env): string {
  return siteUrl.startsWith("http://127.") ? `http://localhost:${PORT}` : siteUrl;
}

/** Migrate and seed a database; safe to repeat. */
export async function prepareDatabase(databaseUrl: string, say: (line: string) => void): Promise<void> {
  const db = createDb(databaseUrl, { max: 2 });
  try {
    await assertSchema(db, { orBehind: true });
    const applied = await applyMigrations(databaseUrl);
    if (applied.length > 0) say(`Migrated the database: ${applied.join(", ")}.`);
    await claimInstallation(db);
    await installQueue(databaseUrl);
    for (const line of await seed(db)) say(line);
  } finally {
    await db.$disconnect();
  }
}
