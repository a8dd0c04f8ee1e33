import { statfs } from "node:fs/promises";
import path from "node:path";
import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import postgres from "postgres";
import { checkSchema } from "@/lib/db/check-schema";
import { createDb } from "@/lib/db/client";
import { schemaProblem } from "@/lib/db/compare-migrations";
import { describeEnv, env, type Env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { checkInstallation } from "@/lib/installation/check-installation";
import { keysInAddresses } from "@/lib/installation/keys-in-addresses";
import { listKeys, lostInWords } from "@/lib/installation/keys/list-keys";
import { secretFingerprint } from "@/lib/secrets/fingerprint";
import { shownVariable } from "@/lib/shown-variable";
import { enterRoot } from "./root";
import { preflight } from "./start/preflight";

/** `salon doctor`: say what is configured, what runs and what would stop Salon from starting. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check this machine and configuration, and say what to change")
    .action(async () => {
      enterRoot();
      const settings = env();
      console.log(`Node ${process.versions.node} on ${process.platform}/${process.arch}`);
      const { bavail, bsize } = await statfs(path.dirname(settings.SALON_DATA_DIR));
      console.log(`Data in ${settings.SALON_DATA_DIR} (${((bavail * bsize) / 2 ** 30).toFixed(0)} GiB free)`);
      for (const { name, fallback } of describeEnv()) {
        const shown = shownVariable(name, settings[name as keyof typeof settings]);
        console.log(`  ${name} = ${shown || "(unset)"}${shown === fallback ? "" : "  (changed)"}`);
      }
      const answers = async (url: string) =>
        fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
          (response) => (response.ok ? "up" : `answers ${response.status}`),
          () => "down",
        );
      const databaseUrl = urlOrReason(settings);
      console.log(
        `Database: ${databaseUrl instanceof SalonError ? `down (${databaseUrl.message})` : await askDatabase(databaseUrl)}`,
      );
      console.log(
        `ffmpeg: ${spawnSync("ffmpeg", ["-version"]).status === 0 ? "here" : "not on the PATH, so video files such as MP4 and WebM are not read (apt-get install ffmpeg, brew install ffmpeg)"}`,
      );
      console.log(`Generation backend: ${await answers(`${settings.generationUrl}/healthz`)}`);
      console.log(`Site: ${await answers(`${settings.siteUrl}/api/health`)}`);
      for (const remark of await keyRemarks(databaseUrl)) console.log(remark);
      const problems = [...(await preflight(settings)), ...(await databaseProblems(databaseUrl))];
      if (problems.length === 0) {
        console.log("Nothing stands in the way of `npm start`.");
      } else {
        console.log("`npm start` would stop at:");
        for (const problem of problems) console.log(`  ${problem}`);
        process.exitCode = 1;
      }
    });
}

/** The database's address; before the embedded server's first start there is none. */
function urlOrReason(settings: Env): string | SalonError {
  try {
    return settings.databaseUrl;
  } catch (error) {
    if (error instanceof SalonError) return error;
    throw error;
  }
}

async function askDatabase(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    const [{ version }] = await sql<
      { version: string }[]
    >`select split_part(version(), ' on ', 1) as version`;
    return `up, ${version}`;
  } catch (error) {
    return `down (${error instanceof Error ? error.message : String(error)})`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What is wrong with stored keys, in sentences. */
async function keyRemarks(url: string | SalonError): Promise<string[]> {
  if (url instanceof SalonError) return [];
  const db = createDb(url, { max: 1 });
  try {
    const readable = (await keysInAddresses(db)).map(
      (what) =>
        `The address of ${what} holds a key, readable: remove it and add it again with the key given as one.`,
    );
    // Without a secret nothing can be opened, which is said below; and none is made here.
    const lost = (await secretFingerprint()) === null ? [] : (await listKeys(db)).lost;
    return [...readable, ...lostInWords(lost)];
  } catch (error) {
    // It does not answer, or is of another version: both are said.
    return error instanceof SalonError ? [error.message] : [];
  } finally {
    await db.$disconnect();
  }
}

/** What `npm start` would refuse of a database that answers, or of this machine beside it; it migrates one that is behind. */
async function databaseProblems(url: string | SalonError): Promise<string[]> {
  if (url instanceof SalonError) return [];
  const db = createDb(url, { max: 1 });
  try {
    const version = await checkSchema(db);
    if (version.state === "behind") return [];
    const problem = schemaProblem(version) ?? (await checkInstallation(db))?.reason;
    return problem === undefined ? [] : [problem];
  } catch {
    return []; // it does not answer, which is said already
  } finally {
    await db.$disconnect();
  }
}
