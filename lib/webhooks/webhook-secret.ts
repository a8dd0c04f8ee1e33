import { randomBytes } from "node:crypto";
import { Webhook as Signer } from "standardwebhooks";
import { openKey, sealKey } from "@/lib/secrets/seal-key";
import { salonSecret } from "@/lib/secrets/secret";

/** For so long after a rotation the secret before it signs too. */
export const OVERLAP_MS = 24 * 3_600_000;

/** A fresh signing secret in the form of the Standard Webhooks specification: whsec_ and 32 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** A secret as its webhook's row keeps it. */
export const sealWebhookSecret = async (secret: string, webhookId: string) =>
  sealKey(secret, webhookId, await salonSecret());

/**
 * The secrets that sign now, the newest first.
 * @param now milliseconds since 1970
 * @throws SalonError internal for one that this installation's secret does not open
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
  const secret = await salonSecret();
  return [secretSealed, ...(signs ? [previousSealed] : [])].map((sealed) => openKey(sealed, id, secret));
}

/**
 * The headers that sign a message (Standard Webhooks 1.0.0: HMAC-SHA256 over id.timestamp.body, one signature a secret).
 * @param now milliseconds since 1970, of this attempt
 */
export function signedHeaders(
  message: { id: string; body: string },
  secrets: readonly string[],
  now: number,
): Record<string, string> {
  const at = new Date(now);
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(Math.floor(now / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Signer(secret).sign(message.id, at, message.body))
      .join(" "),
  };
}
