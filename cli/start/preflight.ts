import { existsSync } from "node:fs";
import type { Env } from "@/lib/env";
import { secretProblem } from "@/lib/secrets/secret";
import { isPortTaken } from "./ports";

/** Files without which nothing works, and what to do when one is missing. */
const NEEDED: [file: string, remedy: string][] = [
  ["node_modules/next/package.json", "run `npm ci`"],
  ["lib/db/generated/client.ts", "run `npm ci` (its last step generates the database client)"],
  ["prisma/migrations/migration_lock.toml", "restore it from git"],
  ["lib/installation/data/toybox-v1.json", "restore it from git"],
  ["lib/encoders/weights/toybox-encoder/card.json", "restore it from git"],
  ["generation/models", "restore it from git"],
];

/** Everything that would stop Salon from starting, one sentence each; empty when all is well. */
export async function preflight(env: Env): Promise<string[]> {
  const problems = NEEDED.filter(([file]) => !existsSync(file)).map(
    ([file, remedy]) => `${file} is missing: ${remedy}.`,
  );
  const secret = await secretProblem(env);
  if (secret !== null) problems.push(secret);
  const ports: [name: string, port: number, host: string][] = [
    ["PORT", env.PORT, env.HOST],
    ["GENERATION_PORT", env.GENERATION_PORT, "127.0.0.1"],
  ];
  if (env.DATABASE_URL === undefined)
    ports.push(["EMBEDDED_POSTGRES_PORT", env.EMBEDDED_POSTGRES_PORT, "127.0.0.1"]);
  for (const [name, port, host] of ports) {
    if (await isPortTaken(port, host)) {
      problems.push(
        `Port ${port} (${name}) is taken: stop what listens there, or set ${name} to a free one.`,
      );
    }
  }
  return problems;
}
