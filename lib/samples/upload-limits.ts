import { env } from "@/lib/env";
import type { SourceLimits } from "@/lib/media/sample-source";

const MIB = 2 ** 20;

/** Largest archive that a visitor may upload, in bytes; 0: none. */
export const mostUploadBytes = () => env().SAMPLE_UPLOAD_MB * MIB;

/** Uploads of all visitors that have not been read yet may claim so many times the largest together. */
export const UPLOADS_TOGETHER = 8;

/** How much a visitor's archive may unpack to: images and videos hardly compress, and their room is limited besides. */
export const samplesLimits = (): SourceLimits => ({
  maxFiles: 100_000,
  maxEntryBytes: 256 * MIB,
  maxTotalBytes: 2 * mostUploadBytes(),
});

/** Problems that are kept of an upload; all are counted. */
export const MOST_PROBLEMS = 2_000;

/** An upload to which nothing came for so long was abandoned. */
export const ABANDONED_MS = 3 * 24 * 3600_000;
/** And one that has not come whole after so long: a byte now and then holds no room for ever. */
export const LONGEST_MS = 14 * 24 * 3600_000;
