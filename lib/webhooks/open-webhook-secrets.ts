import { openKey } from "@/lib/secrets/open-key";
import { keyRing } from "@/lib/secrets/sealing-keys";

/**
 * The secrets that sign now, the newest first.
 * @param now milliseconds since 1970
 * @throws SealedKeyError for one that cannot be opened here
 */
export async function openWebhookSecrets(
  webhook: {
    id: string;
    secretSealed: Uint8Array;
    previousSealed: Uint8Array | null;
    previousUntil: Date | null;
  },
  now: number,
): Promise<string[]> {
  const { id, secretSealed, previousSealed, previousUntil } = webhook;
  const signs = previousSealed !== null && previousUntil !== null && now < previousUntil.getTime();
  const ring = await keyRing();
  return [secretSealed, ...(signs ? [previousSealed] : [])].map((sealed) => openKey(sealed, id, ring));
}
