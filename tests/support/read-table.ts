import { parquetReadObjects } from "hyparquet";

/** A table's pieces as one file. */
export async function bytesOf(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(parts);
}

/** The rows of a Parquet file, by a reader that is not Salon's. */
export function readParquet(file: Buffer): Promise<Record<string, unknown>[]> {
  const bytes = new Uint8Array(file);
  return parquetReadObjects({ file: bytes.buffer });
}

/** The rows of a file of JSON lines. */
export const readLines = <Row>(file: Buffer | string): Row[] =>
  file.toString().split("\n").filter(Boolean).map((line) => JSON.parse(line) as Row); // prettier-ignore
