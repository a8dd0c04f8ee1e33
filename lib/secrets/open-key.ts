import { createDecipheriv } from "node:crypto";
import { SalonError } from "@/lib/errors";
import { SEALED, sealedWith } from "@/lib/secrets/seal-key";
import { keyRing, type KeyRing } from "@/lib/secrets/sealing-keys";

/** What was sealed cannot be opened here. It is no fault of whoever reads the message, and shows nothing of the operator's. */
export class SealedKeyError extends SalonError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("unavailable", message, { ...options, retryable: false });
  }
}

/** For catch(): the reason why something cannot be opened, as a value; every other error goes on. */
export function unreadable(error: unknown): SealedKeyError {
  if (error instanceof SealedKeyError) return error;
  throw error;
}

/** openKey with the keys that are known here now. */
export const openFromRow = async (sealed: Uint8Array, rowId: string): Promise<string> =>
  openKey(sealed, rowId, await keyRing());

/**
 * Open what was sealed for a row. Only workers, and whoever seals it anew, import this file (tests/unit/secrets/opened-in-workers.test.ts).
 * @throws SealedKeyError when the key that sealed it is not here, or it was sealed for another row, or was changed
 */
export function openKey(sealed: Uint8Array, rowId: string, ring: KeyRing): string {
  const id = sealedWith(sealed);
  if (id === null) throw damaged();
  const known = ring.find((key) => key.id === id);
  if (known === undefined) {
    throw new SealedKeyError(
      `The stored key was sealed with key ID ${id}, which is not here. Whoever runs this site can bring that one back (salon keys list); until then, give the stored key anew.`,
    );
  }
  const bytes = Buffer.from(sealed);
  const { header, nonce, tag: authTagLength } = SEALED;
  const [at, bodyAt] = [header + nonce, header + nonce + authTagLength];
  try {
    const decipher = createDecipheriv("aes-256-gcm", known.key, bytes.subarray(header, at), { authTagLength })
      .setAAD(Buffer.from(rowId))
      .setAuthTag(bytes.subarray(at, bodyAt));
    return decipher.update(bytes.subarray(bodyAt), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw damaged(cause);
  }
}

const damaged = (cause?: unknown) =>
  new SealedKeyError("The stored key is damaged: give it anew.", { cause });
