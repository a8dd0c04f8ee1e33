import { createCipheriv, randomBytes } from "node:crypto";
import { keyRing, type SealingKey } from "@/lib/secrets/sealing-keys";

/**
 * Sealed form: version (1 byte), id of the sealing key (4), nonce (12), tag (16), ciphertext. AES-256-GCM, whose additional data is
 * the row's id: a sealed key copied to another row does not open.
 */
export const SEALED = { version: 1, header: 5, nonce: 12, tag: 16 } as const;

/** The id of the key that sealed something, as its header says; null: it is damaged. */
export function sealedWith(sealed: Uint8Array): string | null {
  const { version, header, nonce, tag } = SEALED;
  const isWhole = sealed[0] === version && sealed.length >= header + nonce + tag;
  return isWhole ? Buffer.from(sealed).toString("hex", 1, header) : null;
}

/** Seal an API key, or another text that is nobody's to read, for one row, with the key that is current. */
export async function sealForRow(text: string, rowId: string): Promise<Uint8Array<ArrayBuffer>> {
  const [current] = await keyRing();
  return sealKey(text, rowId, current);
}

/** Seal a text for one row with a key. */
export function sealKey(text: string, rowId: string, { id, key }: SealingKey): Uint8Array<ArrayBuffer> {
  const { version, nonce: nonceBytes, tag: authTagLength } = SEALED;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength }).setAAD(Buffer.from(rowId));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const parts = [Buffer.of(version), Buffer.from(id, "hex"), nonce, cipher.getAuthTag(), body];
  return Uint8Array.from(Buffer.concat(parts));
}
