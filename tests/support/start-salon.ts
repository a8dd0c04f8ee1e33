import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "@/lib/env";
import { freePort } from "./postgres-server";

export type RunningSalon = {
  /** The supervisor's process. */
  pid: number;
  url: string;
  generationUrl: string;
  databaseUrl: string;
  /** Everything it printed so far. */
  output: () => string;
  /** Ctrl-C, then wait for the end. */
  stop: () => Promise<{ code: number | null; ms: number }>;
};

export type SalonHome = { env: Record<string, string>; remove: () => void };

/** A data folder and ports of this test's own. */
export async function makeSalonHome(extra: Record<string, string> = {}): Promise<SalonHome> {
  const folder = mkdtempSync(path.join(tmpdir(), "salon-e2e-"));
  chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
  const env = {
    SALON_DATA_DIR: path.join(folder, "data"),
    PORT: String(await freePort()),
    HOST: "127.0.0.1",
    GENERATION_PORT: String(await freePort()),
    EMBEDDED_POSTGRES_PORT: String(await freePort()),
    ...extra,
  };
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Run `npm start`'s command and wait for the line that prints the site's address.
 * @param through a command that runs the command it is given as the same process, such as strace -D
 */
export function startSalon(home: SalonHome, through: string[] = []): Promise<RunningSalon> {
  // Without DATABASE_URL: the embedded server is part of what is tested.
  const { DATABASE_URL: _unused, ...inherited } = process.env;
  const [command, ...args] = [...through, process.execPath, "bin/salon.mjs", "start"];
  const child = spawn(command, args, {
    env: { ...inherited, ...home.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      const opened = /Salon is open: (\S+)/.exec(output);
      if (opened === null) return;
      resolve({
        pid: child.pid!,
        url: `http://127.0.0.1:${home.env.PORT}`,
        generationUrl: `http://127.0.0.1:${home.env.GENERATION_PORT}`,
        databaseUrl: parseEnv(home.env).databaseUrl,
        output: () => output,
        stop: async () => {
          const startedAt = Date.now();
          child.kill("SIGINT");
          return { code: await ended, ms: Date.now() - startedAt };
        },
      });
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    void ended.then((code) =>
      reject(new Error(`Salon ended (exit code ${code}) before it was open:\n${output}`)),
    );
  });
}
