import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { createDb, type Db } from "@/lib/db/client";
import { TEMPLATE } from "./postgres-server";

/**
 * A database of this test file's own, cloned from the migrated template and dropped afterwards.
 * Dropping fails, and so does the file, when a test leaves a connection open.
 */
export function useTestDatabase(): { readonly db: Db; readonly url: string } {
  const name = `test_${randomBytes(6).toString("hex")}`;
  let db: Db | undefined;
  const url = () => inject("postgresUrl").replace(/\/postgres$/, `/${name}`);
  beforeAll(async () => {
    await maintain(`create database ${name} template ${TEMPLATE}`);
    db = createDb(url(), { max: 20 });
  });
  afterAll(async () => {
    await db?.$disconnect();
    await maintain(`drop database ${name}`);
  });
  return {
    get db() {
      if (db === undefined) throw new Error("The test database exists only while tests run.");
      return db;
    },
    get url() {
      return url();
    },
  };
}

/** One statement on the test server's maintenance database, such as one that makes or drops another. */
export async function maintain(statement: string): Promise<void> {
  const sql = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}
