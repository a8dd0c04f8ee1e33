import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column, Pages } from "@/lib/tables/table-file";

const ELEMENTS = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  integer: { type: "INT32" },
} as const;

/**
 * A table as a Parquet file, a row group a page, compressed by Snappy. The footer, which grows by the row groups alone, is all that is
 * kept besides the page.
 */
export async function* parquetFile<Row extends object>(
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: "OPTIONAL" as const, ...ELEMENTS[type] })),
    ],
    createdBy: "Salon",
  });
  for await (const page of pages) {
    if (page.length === 0) continue;
    await file.write({
      columnData: columns.map(({ name }) => ({ name, data: page.map((row) => row[name] ?? null) })),
      rowGroupSize: page.length,
    });
    yield taken(bytes);
  }
  await file.finish();
  yield taken(bytes);
}

/** What was written since the last time; the writer goes on counting from the file's beginning. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}
