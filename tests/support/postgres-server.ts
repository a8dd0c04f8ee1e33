import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { installQueue } from "@/lib/queue/install";

export const TEMPLATE = "salon_template";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the test server's maintenance database. */
    postgresUrl: string;
  }
}

/** A port nobody listens on at the moment of asking. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** One real PostgreSQL for all integration tests, with a migrated template database that each file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "salon-test-"));
  chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
  const server = await startEmbeddedPostgres({
    dataDir: path.join(folder, "postgres"),
    port: await freePort(),
    database: TEMPLATE,
    // Tests may lose their data in a crash, and are faster for it.
    flags: ["-c", "fsync=off", "-c", "synchronous_commit=off"],
  });
  await applyMigrations(server.url(TEMPLATE));
  await installQueue(server.url(TEMPLATE));
  project.provide("postgresUrl", server.url("postgres"));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
