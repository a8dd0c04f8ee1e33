import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option } from "commander";
import { db } from "@/lib/db/client";
import type { TableFormat } from "@/lib/tables/table-file";

/** The flag that says where a table is written. */
export const OUT = ["--out <file>", "write here instead of to the terminal"] as const;

/** The flag that says how. @param formats the first is chosen unless told */
export const formatFlag = (formats: readonly TableFormat[]): Option =>
  new Option("--format <format>").choices([...formats]).default(formats[0]);

/** Write a table to a file, or to the terminal, and be done with the database. */
export async function writeTable(
  open: () => Promise<AsyncGenerator<string | Uint8Array>>,
  out: string | undefined,
): Promise<void> {
  try {
    const pieces = Readable.from(await open());
    await (out ? pipeline(pieces, createWriteStream(out)) : pipeline(pieces, process.stdout, { end: false }));
  } finally {
    await db().$disconnect();
  }
}
