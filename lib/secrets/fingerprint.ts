import { existingSecret } from "@/lib/secrets/secret";
import { signWith } from "@/lib/secrets/sign";

/** What tells one secret from another and nothing else of it: 128 bits of an HMAC of a constant, base64url. */
export const fingerprintOf = (secret: Buffer) => signWith(secret, "secret-fingerprint", "salon");

/** The fingerprint of this machine's secret; null when it has none yet, and none is made. */
export async function secretFingerprint(): Promise<string | null> {
  const secret = await existingSecret();
  return secret === null ? null : fingerprintOf(secret);
}
