import { SalonError } from "@/lib/errors";
import { signText, verifyText } from "@/lib/secrets/sign";

/** Proof that one battle was handed to one voter; a vote needs it. */
export type BattleClaims = { battleId: string; voterId: string };

/** A battle left open for longer than a day is stale. */
export const BATTLE_TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** @param now milliseconds since 1970 */
export async function signBattleToken(claims: BattleClaims, now: number): Promise<string> {
  const body = `${claims.battleId}.${claims.voterId}.${(now + BATTLE_TOKEN_LIFETIME_MS).toString(36)}`;
  return `${body}.${await signText("battle-token", body)}`;
}

/**
 * What a token claims.
 * @param now milliseconds since 1970
 * @throws SalonError "unauthorised" when it was not made here, or is older than BATTLE_TOKEN_LIFETIME_MS
 */
export async function readBattleToken(token: string, now: number): Promise<BattleClaims> {
  const parts = token.split(".");
  const [battleId, voterId, expires, signature] = parts;
  const genuine =
    parts.length === 4 && (await verifyText("battle-token", parts.slice(0, 3).join("."), signature));
  if (!genuine)
    throw new SalonError("unauthorised", "This is no battle token of this arena.", { field: "token" });
  if (Number.parseInt(expires, 36) <= now) {
    throw new SalonError("unauthorised", "This battle is over a day old. Ask for a new one.", {
      field: "token",
    });
  }
  return { battleId, voterId };
}
