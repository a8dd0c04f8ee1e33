import { createHash } from "node:crypto";
import type { MigrationFile } from "@/lib/db/migration-files";

/** A row of _prisma_migrations that was not rolled back. */
export interface AppliedMigration {
  name: string;
  /** sha256 of the file as it was applied, in hex. */
  checksum: string;
  /** false: it broke off half-way. */
  finished: boolean;
}

export type SchemaVersion =
  | { state: "current" }
  /** Migrations of the folder that the database lacks. */
  | { state: "behind"; names: string[] }
  /** Applied migrations that the folder lacks: a newer Salon was here. */
  | { state: "newer"; names: string[] }
  /** Applied in another form than the folder has them now. */
  | { state: "changed"; names: string[] }
  | { state: "broken"; names: string[] };

/** How a database's schema stands to this code's: the gravest of what is found. */
export function compareMigrations(
  applied: readonly AppliedMigration[],
  files: readonly MigrationFile[],
): SchemaVersion {
  const known = new Map(files.map((file) => [file.name, file]));
  const has = new Set(applied.map(({ name }) => name));
  const found = {
    newer: applied.filter(({ name }) => !known.has(name)),
    changed: applied.filter(({ name, checksum }) => {
      const file = known.get(name);
      return file !== undefined && !checksumsOf(file.sql).includes(checksum);
    }),
    broken: applied.filter(({ finished }) => !finished),
    behind: files.filter(({ name }) => !has.has(name)),
  };
  for (const state of ["newer", "changed", "broken", "behind"] as const) {
    const names = found[state].map(({ name }) => name);
    if (names.length > 0) return { state, names };
  }
  return { state: "current" };
}

/** Of a migration's text; git may have changed its line ends, which Prisma forgives too. */
export function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [unix, unix.replaceAll("\n", "\r\n")].map((text) => createHash("sha256").update(text).digest("hex"));
}

/** What is wrong with a database's schema and what to do, in a sentence; null for one that is current. */
export function schemaProblem(version: SchemaVersion): string | null {
  if (version.state === "current") return null;
  const [first, ...others] = version.names;
  const named = others.length === 0 ? first : `${first} and ${others.length} more`;
  switch (version.state) {
    case "newer":
      return `The database was migrated by a newer Salon: this one does not know ${named}. Run that version again, or restore a backup that this one can read into an empty database.`;
    case "changed":
      return `The database was migrated with another text of ${named} than prisma/migrations has. Restore the file from git, or run the version of Salon that applied it.`;
    case "broken":
      return `The migration ${named} broke off half-way. Restore a backup, or mend the schema and mark it with \`npx prisma migrate resolve\`.`;
    case "behind": {
      const migrations = version.names.length === 1 ? "1 migration" : `${version.names.length} migrations`;
      return `The database is ${migrations} behind this Salon (${named}). Run \`npx salon seed\` once, or \`npm start\`; then start this again.`;
    }
  }
}
