import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { SalonError } from "@/lib/errors";
import { openSampleSource, type SampleSource, type SourceLimits } from "@/lib/media/sample-source";
import { sniffArchive } from "@/lib/references/sniff-archive";
import { leadsOutside } from "@/lib/samples/file-name";

/**
 * Open a folder or an archive of samples; what an archive is its first bytes say, never its name.
 * @throws SalonError invalid_request when it is neither, is damaged or cut off, holds too much, or names files outside itself
 */
export async function openSamples(
  location: string,
  { limits }: { limits?: SourceLimits },
): Promise<SampleSource> {
  const source = await openSampleSource(location, { limits, kind: await kindOf(location) });
  const outside = [...source.files.map(({ name }) => name), ...source.passedOver].find(leadsOutside);
  if (outside !== undefined) {
    await source.close();
    throw new SalonError(
      "invalid_request",
      `${location}: names a file outside itself (${JSON.stringify(outside)}). Pack the folder anew, with names that begin in it.`,
    );
  }
  return source;
}

async function kindOf(location: string): Promise<"zip" | "tar" | undefined> {
  const info = await stat(location).catch((cause: unknown) => {
    throw new SalonError("invalid_request", `${location}: does not exist, or cannot be read.`, { cause });
  });
  if (info.isDirectory()) return undefined;
  const kind = await sniffArchive(location);
  if (kind !== null) return kind;
  throw new SalonError(
    "invalid_request",
    `${location}: is neither a .zip nor an uncompressed .tar. Pack the files again, for example with zip -0 -r.`,
  );
}

/** sha256 of an archive, read as a stream; null for a folder. */
export async function hashOfArchive(location: string): Promise<string | null> {
  if ((await stat(location)).isDirectory()) return null;
  const hash = createHash("sha256");
  await pipeline(createReadStream(location), hash);
  return hash.digest("hex");
}
