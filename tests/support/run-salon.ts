import { spawn } from "node:child_process";

export interface Ended {
  code: number | null;
  /** What it printed on both streams. */
  output: string;
}

/** A `salon` command as an operator runs it, in a process of its own, to its end. @param environment beside PATH */
export function runSalon(args: string[], environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, ["bin/salon.mjs", ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}
