import path from "node:path";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { encoderIdentity, resizeOf, type EncoderIdentity } from "@/lib/feature-extractors/encoder-identity";
import { ExtractorError } from "@/lib/feature-extractors/extractor-error";
import type { Resize } from "@/lib/feature-extractors/extractor-spec";
import type { BUNDLED_EXTRACTORS } from "@/lib/feature-extractors/registry";

/** The folder that `salon encoders install` installs into. */
export const encodersDir = () => path.join(env().SALON_DATA_DIR, "encoders");

/** The encoder that comes with Salon: every run is embedded with it. */
export const BUNDLED_ENCODER = "toybox-encoder" satisfies keyof typeof BUNDLED_EXTRACTORS;

export interface EncoderInUse extends EncoderIdentity {
  /** undefined: the encoder's own first one. */
  resize?: Resize;
}

/**
 * The encoders of pictures that runs are scored with: the bundled one, and each that is installed here and has a reference
 * set in use, under exactly those weights and that preprocessing. In a fixed order.
 */
export async function encodersInUse(tx: Tx): Promise<EncoderInUse[]> {
  const bundled = await encoderIdentity(BUNDLED_ENCODER, { encodersDir: encodersDir() });
  const rows = await tx.referenceSet.findMany({
    where: { state: "READY", OR: [{ scoresDistance: true }, { scoresSamples: true }] },
    distinct: ["extractorId", "preprocessing"],
    select: { extractorId: true, preprocessing: true },
    orderBy: [{ extractorId: "asc" }, { preprocessing: "asc" }],
  });
  const found: EncoderInUse[] = [bundled];
  for (const row of rows) {
    const encoder = await encoderOf(row);
    const known = (other: EncoderInUse) => other.id === encoder?.id && other.preprocessing === encoder.preprocessing; // prettier-ignore
    if (encoder?.kind === "image" && !found.some(known)) found.push(encoder);
  }
  return found;
}

/** The encoder of a built reference set as it is installed here; null when it is not, or with other weights or preprocessing. */
export async function encoderOf(row: {
  extractorId: string;
  preprocessing: string;
}): Promise<EncoderInUse | null> {
  const name = row.extractorId.split("@")[0];
  const resize = resizeOf(row.preprocessing);
  try {
    const identity = await encoderIdentity(name, { encodersDir: encodersDir(), resize });
    const isSame = identity.id === row.extractorId && identity.preprocessing === row.preprocessing;
    return isSame && identity.isInstalled ? { ...identity, resize } : null;
  } catch (error) {
    // A card that was spoiled by hand concerns its encoder only.
    if (error instanceof ExtractorError) return null;
    throw error;
  }
}
