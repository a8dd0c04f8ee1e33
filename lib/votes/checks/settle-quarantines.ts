import type { Tx } from "@/lib/db/client";

/**
 * What a person's decision on votes means for the quarantines that held them: one with no vote left to decide is decided.
 * What was let count again is no evidence any more: its battles, and all that the quarantine was about, so that the rules
 * need new ones to find the same again.
 */
export async function settleQuarantines(
  boardId: string,
  votes: readonly { battleId: string; quarantineId: string | null }[],
  to: "EXCLUDED" | "COUNTED",
  tx: Tx,
): Promise<void> {
  const ids = [...new Set(votes.flatMap(({ quarantineId }) => quarantineId ?? []))];
  const state = to === "COUNTED" ? "RELEASED" : "EXCLUDED";
  await tx.$executeRaw`
    update "Quarantine" q set state = ${state}::"QuarantineState", "decidedAt" = now()
    where q.id = any (${ids}) and q.state = 'OPEN' and not exists (
      select 1 from "Vote" v where v."quarantineId" = q.id and v.status = 'QUARANTINED')`;
  if (to !== "COUNTED") return;
  await tx.$executeRaw`
    update "Battle" b set reviewed = true
    where b."boardId" = ${boardId} and not b.reviewed and (
      b.id = any (${votes.map(({ battleId }) => battleId)})
      or exists (
        select 1 from "Quarantine" q where q.id = any (${ids}) and q.state = 'RELEASED' and q."groupKey" =
          case q."groupKind" when 'VOTER' then b."voterId" when 'ADDRESS' then b."addressHash" else b."networkHash" end))`;
}
