import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";

/**
 * Hand over each member of an archive, in order; what is left of its body unread is skipped. Nothing is held.
 * @throws Error of the archive's form (a broken header, an end too early), of the disk, or of `each`
 */
export async function readMembers(
  file: string,
  each: (name: string, body: Readable) => Promise<void>,
  onBytes: (read: number) => void = () => {},
): Promise<void> {
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  source.on("data", () => onBytes(source.bytesRead));
  const tar = extract();
  const read = pipeline(source, tar);
  read.catch(() => {}); // awaited below
  try {
    for await (const entry of tar) {
      const body = Readable.from(entry as AsyncIterable<Buffer>, { objectMode: false });
      await each(entry.header.name, body);
      body.resume();
    }
  } finally {
    source.destroy();
  }
  await read;
}
