import { createHmac, timingSafeEqual } from "node:crypto";
import { salonSecret } from "@/lib/secrets/secret";

/** What a signature is for. One made for one purpose is worthless for another. */
export type Purpose =
  | "voter-cookie"
  | "battle-token"
  | "battle-image"
  | "voter-pseudonym"
  | "secret-fingerprint"
  | "sample-seed"
  | "account-invite"
  | "account-turns"
  | "mail-link"
  | "second-factor-code";

/** HMAC-SHA256 of a text under the purpose's own key, first 16 bytes, base64url (22 characters). */
export async function signText(purpose: Purpose, text: string): Promise<string> {
  return signWith(await salonSecret(), purpose, text);
}

/** Whether a signature is the one of this text for this purpose, compared in constant time. */
export async function verifyText(purpose: Purpose, text: string, signature: string): Promise<boolean> {
  const expected = Buffer.from(await signText(purpose, text));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** signText under a given secret. */
export function signWith(secret: Buffer, purpose: Purpose, text: string): string {
  const key = createHmac("sha256", secret).update(`salon/${purpose}`).digest();
  return createHmac("sha256", key).update(text).digest().subarray(0, 16).toString("base64url");
}
