import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { freePort } from "../../support/postgres-server";

it("a process that started and stopped PostgreSQL ends with the exit code that was set, not with 0", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "salon-exit-"));
  chmodSync(folder, 0o755);
  const options = { dataDir: path.join(folder, "postgres"), port: await freePort(), database: "salon" };
  const program = `
    import { startEmbeddedPostgres } from "./lib/db/embedded-postgres";
    const server = await startEmbeddedPostgres(${JSON.stringify(options)});
    await server.stop();
    process.exitCode = 3;`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { encoding: "utf8" },
  );
  rmSync(folder, { recursive: true, force: true });
  expect(status, stderr).toBe(3);
});
