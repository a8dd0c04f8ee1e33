import { spawn } from "node:child_process";
import path from "node:path";

export interface Ended {
  code: number | null;
  /** What it printed on both streams. */
  output: string;
}

/** A `salon` command as an operator runs it, in a process of its own, to its end. @param environment beside PATH @param cwd the folder it is run in */
export function runSalon(args: string[], environment: Record<string, string>, cwd?: string): Promise<Ended> {
  const child = spawn(process.execPath, [path.resolve("bin/salon.mjs"), ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}
