import { sha256 } from "@/lib/encoders/manifest";

/**
 * What features may be cached under: the encoder's id, which carries its weights' hash, and a hash of the preprocessing. The same
 * weights behind another resize or another scaling give other features.
 */
export function featuresId({ id, preprocessing }: { id: string; preprocessing: string }): string {
  return `${id}+${sha256(Buffer.from(preprocessing)).slice(0, 8)}`;
}
