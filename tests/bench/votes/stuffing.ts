/**
 * What stuffing the ballot gains, without and with limits and rules, and how many honest voters are held back, as a table:
 *
 *   npx tsx tests/bench/votes/stuffing.ts [--seeds 1,2,3] [--honest 200]
 *
 * Votes are cast by the code that casts real ones, on a PostgreSQL of its own in a temporary folder.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createDb } from "@/lib/db/client";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { installQueue } from "@/lib/queue/install";
import { freePort } from "../../support/postgres-server";
import { simulateStuffing, stuffingTable } from "../../support/stuffing/simulate";

const { values: args } = parseArgs({
  options: { seeds: { type: "string", default: "1" }, honest: { type: "string", default: "200" } },
});
const honest = Number(args.honest);
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
const server = await startEmbeddedPostgres({
  dataDir: path.join(folder, "postgres"),
  port: await freePort(),
  database: "salon",
});
const db = createDb(server.url("salon"), { max: 20 });
(globalThis as { salonDb?: unknown }).salonDb = db;
try {
  await applyMigrations(server.url("salon"));
  await installQueue(server.url("salon"));
  for (const seed of args.seeds.split(",").map(Number)) {
    const { honestVotes, results } = await simulateStuffing({ seed, honest }, db);
    console.log(
      `Seed ${seed}: ${honest} honest voters, ${honestVotes} votes; the target is the sixth best of eight.`,
    );
    console.log(stuffingTable(results));
  }
} finally {
  await db.$disconnect();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
