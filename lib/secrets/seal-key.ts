import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { SalonError } from "@/lib/errors";

/**
 * Sealed form: version (1 byte), key id (4), nonce (12), tag (16), ciphertext. AES-256-GCM, whose additional data
 * is the row's id: a sealed key copied to another endpoint's row does not open.
 */
const VERSION = 1;
const HEADER = 1 + 4;
const NONCE = 12;
const TAG = 16;

/** The purpose's own key, by HKDF-SHA256 (RFC 5869) from the installation's secret (secret.ts). */
const sealingKey = (secret: Buffer) => Buffer.from(hkdfSync("sha256", secret, "", "salon/endpoint-keys", 32));

/** Which secret sealed it, so that a changed secret is told apart from tampering. */
const keyId = (key: Buffer) => createHash("sha256").update(key).digest().subarray(0, 4);

/** Whether a sealed key was sealed under a secret, as far as its header says. */
export function isSealedUnder(sealed: Uint8Array, secret: Buffer): boolean {
  return Buffer.from(sealed)
    .subarray(1, HEADER)
    .equals(keyId(sealingKey(secret)));
}

/** Seal an endpoint's API key for one row. */
export function sealKey(apiKey: string, rowId: string, secret: Buffer): Uint8Array<ArrayBuffer> {
  const key = sealingKey(secret);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(rowId));
  const body = Buffer.concat([cipher.update(apiKey, "utf8"), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Buffer.of(VERSION), keyId(key), nonce, cipher.getAuthTag(), body]));
}

/**
 * Open a sealed API key. Only workers do.
 * @throws SalonError internal when it was sealed under another secret, for another row, or was changed
 */
export function openKey(sealed: Uint8Array, rowId: string, secret: Buffer): string {
  const key = sealingKey(secret);
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== VERSION || bytes.length < HEADER + NONCE + TAG) {
    throw new SalonError("internal", "The stored API key is damaged; submit the endpoint again.");
  }
  if (!bytes.subarray(1, HEADER).equals(keyId(key))) {
    throw new SalonError(
      "internal",
      "The stored API key was sealed under another SALON_SECRET; restore that secret or submit the endpoint again.",
    );
  }
  const nonce = bytes.subarray(HEADER, HEADER + NONCE);
  const tag = bytes.subarray(HEADER + NONCE, HEADER + NONCE + TAG);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG })
      .setAAD(Buffer.from(rowId))
      .setAuthTag(tag);
    const body = bytes.subarray(HEADER + NONCE + TAG);
    return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new SalonError("internal", "The stored API key is damaged; submit the endpoint again.", { cause });
  }
}
