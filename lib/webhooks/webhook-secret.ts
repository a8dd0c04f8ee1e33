import { randomBytes } from "node:crypto";
import { Webhook as Signer } from "standardwebhooks";

/** For so long after a rotation the secret before it signs too. */
export const OVERLAP_MS = 24 * 3_600_000;

/** A fresh signing secret in the form of the Standard Webhooks specification: whsec_ and 32 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

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
