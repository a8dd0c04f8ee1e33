import { setTimeout as sleep } from "node:timers/promises";
import { assertSchema } from "@/lib/db/check-schema";
import { createDb, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { claimInstallation } from "@/lib/installation/claim-installation";

const PATIENCE_MS = 60_000;

/**
 * Before a site or a worker begins: wait for the database, which may be starting too, and refuse one that this code or this
 * machine does not fit.
 * @throws SalonError "conflict" with what to do, "internal" when the database does not answer
 */
export async function readyDatabase(databaseUrl: string): Promise<void> {
  const db = createDb(databaseUrl, { max: 1 });
  try {
    await waitForSchema(db);
    await claimInstallation(db);
  } finally {
    await db.$disconnect();
  }
}

async function waitForSchema(db: Db): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await assertSchema(db);
    } catch (error) {
      if (error instanceof SalonError) throw error;
      if (Date.now() > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new SalonError("internal", `The database does not answer: ${reason}`, { cause: error });
      }
      await sleep(500);
    }
  }
}
