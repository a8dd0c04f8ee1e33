import { createDb, type Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Child } from "./start/child";
import { isPortTaken } from "./start/ports";

/**
 * Work beside the database, whether Salon runs or not: the one at DATABASE_URL, or the embedded one, which is started for as
 * long when nobody has.
 */
export async function withDatabase<T>(work: (db: Db, databaseUrl: string) => Promise<T>): Promise<T> {
  const settings = env();
  const { DATABASE_URL, EMBEDDED_POSTGRES_PORT } = settings;
  const isRunning = DATABASE_URL !== undefined || (await isPortTaken(EMBEDDED_POSTGRES_PORT, "127.0.0.1"));
  const lines: string[] = [];
  const server = isRunning
    ? undefined
    : new Child({ args: ["postgres"], onLine: (line) => lines.push(line) });
  try {
    await server?.start().catch((error: Error) => {
      throw new Error(`${lines.join("\n")}\nThe database did not start (${error.message}).`);
    });
    // Not before: a new embedded database gets its password at its first start.
    const { databaseUrl } = settings;
    const db = createDb(databaseUrl, { max: 4 });
    try {
      return await work(db, databaseUrl);
    } finally {
      await db.$disconnect();
    }
  } finally {
    await server?.stop(10_000);
  }
}
