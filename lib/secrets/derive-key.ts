import { hkdfSync } from "node:crypto";
import { instanceSecret } from "@/lib/secrets/instance-secret";

/** Everything the installation's secret protects; each purpose has a key of its own. */
export type KeyPurpose = "endpoint-keys" | "battle-tokens" | "voter-cookies";

/** 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869). */
export function deriveKey(purpose: KeyPurpose, secret: string = instanceSecret()): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `salon/${purpose}`, 32));
}
