import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { rootFolder } from "@/lib/env";

/** Where the schema and its migrations lie. */
export const prismaFolder = () => path.join(rootFolder(), "prisma");

export interface MigrationFile {
  /** The folder's name, which sorts by time: 20261122184920_init */
  name: string;
  sql: string;
}

/** prisma/migrations, oldest first. */
export async function readMigrationFiles(): Promise<MigrationFile[]> {
  const folder = path.join(prismaFolder(), "migrations");
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(path.join(folder, name, "migration.sql"), "utf8"),
    })),
  );
}
