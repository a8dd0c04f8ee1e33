import { env } from "@/lib/env";
import type { SourceLimits } from "@/lib/media/sample-source";

/** How much an uploaded archive may unpack to. Images hardly compress: eight times its size is a bomb. */
export function uploadLimits(): SourceLimits {
  const total = 8 * env().REFERENCE_UPLOAD_MB * 2 ** 20;
  return { maxFiles: 20_000, maxEntryBytes: 32 * 2 ** 20, maxTotalBytes: total };
}

/** Of one image in an upload; the operator's own may have more. */
export const UPLOAD_PIXELS = 2048 * 2048;
