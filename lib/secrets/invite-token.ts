import { createHash, randomBytes } from "node:crypto";

/** A new token of an invitation's link: random, 192 bits. Only its hash is kept. */
export function newInviteToken(): { token: string; tokenHash: string } {
  const token = randomBytes(24).toString("base64url");
  return { token, tokenHash: hashInviteToken(token) };
}

/** What is kept of a token: its sha256. */
export const hashInviteToken = (token: string): string => createHash("sha256").update(token).digest("hex");
