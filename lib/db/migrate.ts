import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { Pool } from "pg";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { prismaFolder, readMigrationFiles } from "@/lib/db/migration-files";

const FILTERS = { externalTables: [], externalEnums: [] };

type Glue = { __wbg_set_wasm(exports: unknown): void; SchemaEngine: typeof SchemaEngine };

/** One a process, even where a test runner loads this module more than once: a second instance would share the first one's glue. */
const global = globalThis as { salonSchemaEngine?: Promise<Glue> };

/**
 * Prisma's own migration engine in its WebAssembly build: needs no download and no subprocess.
 * Its package expects a bundler that imports .wasm, so it is instantiated by hand, once: its glue keeps global state.
 */
async function loadEngine(): Promise<Glue> {
  const folder = path.resolve("node_modules/@prisma/schema-engine-wasm");
  const glue = (await import(/* webpackIgnore: true */ path.join(folder, "schema_engine_bg.js"))) as Glue;
  const wasm = await WebAssembly.compile(await readFile(path.join(folder, "schema_engine_bg.wasm")));
  const imports = { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports };
  const instance = await WebAssembly.instantiate(wasm, imports);
  glue.__wbg_set_wasm(instance.exports);
  // Where the engine leaves the reason when it panics; without it the reason is lost.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => console.error(`The migration engine failed: ${message}`),
    },
  });
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const glue = await (global.salonSchemaEngine ??= loadEngine());
  // The engine never closes its connections; a pool of ours can. One connection, so that a migration can be one transaction.
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await glue.SchemaEngine.new({ datamodels: await readSchema() }, () => {}, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** prisma/schema as [file name, text]. */
export async function readSchema(): Promise<[string, string][]> {
  const folder = path.join(prismaFolder(), "schema");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name,
      await readFile(path.join(folder, name), "utf8"),
    ]),
  );
}

async function readMigrations(only?: ReadonlySet<string>): Promise<MigrationList> {
  const baseDir = path.join(prismaFolder(), "migrations");
  const files = (await readMigrationFiles()).filter(({ name }) => only?.has(name) ?? true);
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: files.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}

/**
 * Bring a database up to date with prisma/migrations, as `prisma migrate deploy` does.
 * @param only the names of those that are wanted; all unless told
 * @returns the names applied
 */
export async function applyMigrations(databaseUrl: string, only?: ReadonlySet<string>): Promise<string[]> {
  const migrationsList = await readMigrations(only);
  const applied = await withEngine(databaseUrl, (engine) =>
    engine.applyMigrations({ migrationsList, filters: FILTERS }),
  );
  return applied.appliedMigrationNames;
}

/** The SQL that takes one version of the schema (file name -> text; empty for nothing) to another. */
export async function diffSchemas(
  databaseUrl: string,
  from: Map<string, string>,
  to: Map<string, string>,
): Promise<string> {
  const files = (schema: Map<string, string>) => [...schema].map(([path, content]) => ({ path, content }));
  const diff = await withEngine(databaseUrl, (engine) =>
    engine.diff({
      from: from.size === 0 ? { tag: "empty" } : { tag: "schemaDatamodel", files: files(from) },
      to: { tag: "schemaDatamodel", files: files(to) },
      script: true,
      exitCode: null,
      filters: FILTERS,
    }),
  );
  return diff.stdout ?? "";
}
