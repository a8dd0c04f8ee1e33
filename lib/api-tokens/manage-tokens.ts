import { recordChange } from "@/lib/audit/record-change";
import type { Via } from "@/lib/audit/actor";
import { SCOPES } from "@/lib/access/roles";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { ApiToken } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { NewToken, TokenCreation, TokenView } from "@/lib/schemas/accounts/api-tokens";
import { hashOfToken, newTokenText, prefixOfToken } from "./token-text";

/** Tokens of one account that open something, at most. */
const MOST = 20;
const DAY_MS = 24 * 3_600_000;

/**
 * Make a token for an account. The text is given this once; the database keeps its hash.
 * @param ask.now milliseconds since 1970
 * @throws SalonError conflict where the account has enough of them
 */
export function createToken(
  ask: { wanted: TokenCreation; voterId: string; via?: Via; now: number },
  tx?: Tx,
): Promise<NewToken> {
  const { wanted, voterId, now } = ask;
  return atomically(tx, async (tx) => {
    await tx.$queryRaw`select id from voters where id = ${voterId} for update`;
    const live = await tx.apiToken.count({
      where: { voterId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] },
    });
    if (live >= MOST)
      throw new SalonError("conflict", `You have ${live} tokens, the most there may be. Revoke one first.`);
    const token = newTokenText();
    const row = await tx.apiToken.create({
      data: {
        id: newId("apiToken"),
        voterId,
        name: wanted.name,
        scopes: wanted.scopes,
        hash: hashOfToken(token),
        prefix: prefixOfToken(token),
        createdAt: new Date(now),
        expiresAt: wanted.days === null ? null : new Date(now + wanted.days * DAY_MS),
      },
    });
    await recordChange(tx, {
      by: ask,
      action: "tokens.manage",
      subject: { kind: "token", id: row.id, label: row.prefix },
      before: null,
      after: { scopes: row.scopes, expiresAt: row.expiresAt },
    });
    return { token, view: viewOf(row, now) };
  });
}

/** An account's tokens, the newest first: those that open something, and up to a hundred altogether. */
export async function listTokens(ask: { voterId: string; now: number }, tx: Tx = db()): Promise<TokenView[]> {
  const rows = await tx.apiToken.findMany({
    where: { voterId: ask.voterId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  return rows.map((row) => viewOf(row, ask.now));
}

/**
 * A token of one's own opens nothing from the next request on. Revoked once more it stays revoked.
 * @throws SalonError not_found, also for somebody else's
 */
export function revokeToken(
  ask: { id: string; voterId: string; via?: Via; now: number },
  tx?: Tx,
): Promise<void> {
  const { id, voterId, now } = ask;
  return atomically(tx, async (tx) => {
    const own = await tx.apiToken.findFirst({ where: { id, voterId } });
    if (own === null) throw new SalonError("not_found", "There is no such token.");
    const { count } = await tx.apiToken.updateMany({
      where: { id, voterId, revokedAt: null },
      data: { revokedAt: new Date(now) },
    });
    await recordChange(tx, {
      by: ask,
      action: "tokens.manage",
      subject: { kind: "token", id, label: own.prefix },
      before: { isRevoked: count === 0 },
      after: { isRevoked: true },
    });
  });
}

function viewOf(row: ApiToken, now: number): TokenView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    isOver: row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt.getTime() <= now),
  };
}
