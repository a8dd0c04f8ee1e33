import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";

export interface NamedBytes {
  name: string;
  bytes: Uint8Array;
}

/** A plain tar archive. */
export function writeTar(files: readonly NamedBytes[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, bytes } of files) archive.entry({ name }, Buffer.from(bytes));
  archive.finalize();
  return buffer(Readable.from(archive));
}
