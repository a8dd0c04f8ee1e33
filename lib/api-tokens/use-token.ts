import { SCOPES, type Role, type Scope } from "@/lib/access/roles";
import { db, type Tx } from "@/lib/db/client";
import { hashOfToken, isTokenText } from "./token-text";

/** Whom a token stands for, as they are now, and what it was made for. */
export interface TokenHolder {
  /** Of the token. */
  id: string;
  voterId: string;
  role: Role;
  scopes: Scope[];
}

/**
 * Whom a token stands for. An account that is gone or disabled has none that open anything, and one with another role has that role at once.
 * That it was used is written at most once a minute.
 * @returns null for a token that is unknown, revoked or expired
 */
export async function useToken(text: string, tx: Tx = db()): Promise<TokenHolder | null> {
  if (!isTokenText(text)) return null;
  const [found] = await tx.$queryRaw<(TokenHolder & { isUnnoted: boolean })[]>`
    select t.id, t.scopes, t.voter_id as "voterId", u.role::text as role,
      coalesce(t.last_used_at < now() - interval '1 minute', true) as "isUnnoted"
    from api_tokens t join users u on u.voter_id = t.voter_id
    where t.hash = ${hashOfToken(text)} and u.disabled_at is null and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())`;
  if (found === undefined) return null;
  const { id, isUnnoted, voterId, role, scopes } = found;
  if (isUnnoted)
    await tx.$executeRaw`
      update api_tokens set last_used_at = now()
      where id = ${id} and coalesce(last_used_at < now() - interval '1 minute', true)`;
  return { id, voterId, role, scopes: SCOPES.filter((scope) => scopes.includes(scope)) };
}
