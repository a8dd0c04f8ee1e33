import { runMigrations } from "graphile-worker";

/** Bring the queue's own tables (schema graphile_worker) up to date. */
export async function installQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl });
}
