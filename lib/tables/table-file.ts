import { csvRow } from "@/lib/ratings/log/csv";
import { parquetFile } from "@/lib/tables/parquet-file";

/** Formats of tables that leave Salon. */
export const TABLE_FORMATS = ["csv", "jsonl", "parquet"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const TABLE_MEDIA_TYPES = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<TableFormat, string>;

/** A column: a key of its rows, and what type it has in a Parquet file. Every column may lack values. */
export interface Column<Row> {
  name: keyof Row & string;
  type: "text" | "number" | "integer";
}

/** A table on its way out. */
export interface TableExport {
  pieces: AsyncGenerator<string | Uint8Array>;
  /** Rows that are left out since they would tell who asks whose samples running battles show. */
  heldBack: number;
}

/** Rows of a table, so many at a time. */
export type Pages<Row> = AsyncIterable<readonly Row[]>;

/**
 * A table as a file, in pieces of a page each, so that memory holds one page whatever the table's length. What a row lacks (null or
 * undefined) is an empty CSV field and a null in Parquet; JSON lines hold rows as they are.
 */
export async function* tableFile<Row extends object>(
  format: TableFormat,
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<string | Uint8Array> {
  if (format === "parquet") {
    yield* parquetFile(columns, pages);
    return;
  }
  if (format === "csv") yield `${csvRow(columns.map(({ name }) => name))}\n`;
  const lineOf =
    format === "jsonl"
      ? (row: Row) => JSON.stringify(row)
      : (row: Row) => csvRow(columns.map(({ name }) => String(row[name] ?? "")));
  for await (const page of pages) {
    if (page.length > 0) yield page.map((row) => `${lineOf(row)}\n`).join("");
  }
}
