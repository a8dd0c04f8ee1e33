import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient, type Prisma } from "@/lib/db/generated/client";

/** A transaction, or the client itself: what use cases take as their last argument. */
export type Tx = Prisma.TransactionClient;
export type Db = PrismaClient;

/** Connect to a PostgreSQL. The caller owns the client and calls `$disconnect()`. */
export function createDb(databaseUrl: string, options: { max?: number } = {}): Db {
  return new PrismaClient({
    // The other formats quote our source and its place on this machine into every message.
    errorFormat: "minimal",
    adapter: new PrismaPg(
      {
        connectionString: databaseUrl,
        max: options.max ?? 10,
        // The adapter writes times without their zone, and takes those it reads for UTC whatever zone stands there.
        onConnect: (session) => session.query("set timezone to 'UTC'"),
      },
      { statementNameGenerator: ({ sql }) => statementName(sql) },
    ),
  });
}

/** Each connection keeps the plans of this many statements; further ones are planned each time. */
const MAX_PREPARED = 300;
const statementNames = new Map<string, string>();

/** The name under which a connection keeps a statement's plan; "" for one that is not worth keeping. */
function statementName(sql: string): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  // Long ones are inserts of many rows, each of its own length.
  if (sql.length > 4_000 || statementNames.size >= MAX_PREPARED) return "";
  const name = `salon_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

const global = globalThis as { salonDb?: Db };

/** The process's one client, made on first use. */
export function db(): Db {
  return (global.salonDb ??= createDb(env().databaseUrl));
}

/** Run a use case in one transaction: all of it happens, or none. Only an operator's bulk work may take longer. */
export function inTransaction<T>(
  work: (tx: Tx) => Promise<T>,
  client: Db = db(),
  timeoutMs = 30_000,
): Promise<T> {
  return client.$transaction(work, { maxWait: 10_000, timeout: timeoutMs });
}
