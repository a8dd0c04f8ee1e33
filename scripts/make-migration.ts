/**
 * Write the next migration: `npx tsx scripts/make-migration.ts add_judges` compares prisma/schema as committed (HEAD)
 * with prisma/schema as it is now and writes prisma/migrations/<time>_add_judges/migration.sql. Edit it as needed.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { diffSchemas, readSchema } from "@/lib/db/migrate";

const name = process.argv[2];
if (!/^[a-z0-9_]+$/.test(name ?? "")) {
  console.error("usage: npx tsx scripts/make-migration.ts a_name_in_snake_case");
  process.exit(2);
}
const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" });
const committed = git("ls-tree", "--name-only", "HEAD", "prisma/schema/").split("\n").filter(Boolean);
const from = new Map(committed.map((file) => [path.basename(file), git("show", `HEAD:${file}`)]));

// The engine wants a connection even to compare two texts.
const folder = mkdtempSync(path.join(tmpdir(), "salon-migration-"));
chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
const server = await startEmbeddedPostgres({
  dataDir: path.join(folder, "postgres"),
  port: 54331,
  database: "salon",
});
try {
  const sql = await diffSchemas(server.url("salon"), from, new Map(await readSchema()));
  if (sql.includes("empty migration")) {
    console.log("prisma/schema is as committed: nothing to do.");
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const target = path.join("prisma/migrations", `${stamp}_${name}`);
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, "migration.sql"), sql);
    console.log(`Wrote ${target}/migration.sql`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
