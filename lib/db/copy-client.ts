import type { Readable, Writable } from "node:stream";
import { Client } from "pg";
import { from, to } from "pg-copy-streams";

export interface CopyClient {
  /** Rows of one statement. */
  rows<R>(sql: string, values?: unknown[]): Promise<R[]>;
  /** COPY ... TO STDOUT, in PostgreSQL's text format. One at a time, read to its end. */
  copyOut(sql: string): Readable;
  /** COPY ... FROM STDIN. It fails, whenever the server does, as a stream fails. */
  copyIn(sql: string): Writable;
  close(): Promise<void>;
}

/** One connection of its own for bulk work: COPY, and locks that live as long as it does. */
export async function openCopyClient(databaseUrl: string, applicationName: string): Promise<CopyClient> {
  const client = new Client({ connectionString: databaseUrl, application_name: applicationName });
  // A connection that breaks fails the statement in progress; without a listener it would end the process too.
  client.on("error", () => {});
  await client.connect();
  // What any server would write and any would read again, to the last digit; and as long as it takes.
  await client.query(
    "set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 3; set client_encoding = 'UTF8'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0",
  );
  return {
    rows: async <R>(sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as R[],
    copyOut: (sql) => client.query(to(sql)),
    copyIn: (sql) => client.query(from(sql)),
    close: () => client.end(),
  };
}

/** A name as SQL has it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
