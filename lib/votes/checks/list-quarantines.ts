import { db, type Tx } from "@/lib/db/client";
import type { VoteGroup } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

/** Votes that a rule holds back together and nobody has decided on yet. */
export type OpenQuarantine = {
  id: string;
  board: string;
  rule: string;
  /** What the public log says of the votes. */
  reason: string;
  group: VoteGroup;
  /** Voter id, or a keyed hash; null: erased. */
  groupKey: string | null;
  /** Slug of the model the votes speak for or against, where the rule is about one. */
  model: string | null;
  evidence: Record<string, number>;
  votes: number;
  voters: number;
  first: Date;
  last: Date;
};

/**
 * Quarantines that wait for a person, the newest first.
 * @param input board: slug; all boards unless given
 * @throws SalonError "not_found" for an unknown board
 */
export async function listQuarantines(input: { board?: string }, tx: Tx = db()): Promise<OpenQuarantine[]> {
  const { board } = input;
  if (board !== undefined && (await tx.board.count({ where: { slug: board } })) === 0) {
    throw new SalonError("not_found", `There is no board ${JSON.stringify(board)}.`, { field: "board" });
  }
  return tx.$queryRaw<OpenQuarantine[]>`
    select q.id, b.slug as board, q.rule, min(v.status_reason) as reason, q.group_kind as "group", q.group_key as "groupKey",
      m.slug as model, q.evidence, count(*)::int as votes, count(distinct v.voter_id)::int as voters,
      min(v.created_at) as first, max(v.created_at) as last
    from quarantines q
    join boards b on b.id = q.board_id
    join votes v on v.quarantine_id = q.id and v.status = 'QUARANTINED'
    left join models m on m.id = q.model_id
    where q.state = 'OPEN' and (${board ?? null}::text is null or b.slug = ${board ?? null})
    group by q.id, b.slug, m.slug order by q.created_at desc, q.id`;
}
