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
    update quarantines q set state = ${state}::quarantine_state, decided_at = now()
    where q.id = any (${ids}) and q.state = 'OPEN' and not exists (
      select 1 from votes v where v.quarantine_id = q.id and v.status = 'QUARANTINED')`;
  if (to !== "COUNTED") return;
  await tx.$executeRaw`
    update battles b set reviewed = true
    where b.board_id = ${boardId} and not b.reviewed and (
      b.id = any (${votes.map(({ battleId }) => battleId)})
      or exists (
        select 1 from quarantines q where q.id = any (${ids}) and q.state = 'RELEASED' and q.group_key =
          case q.group_kind when 'VOTER' then b.voter_id when 'ADDRESS' then b.address_hash else b.network_hash end))`;
}
