import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

/** A capped lane looks again after so long whether the day has moved on. */
export const CAPPED_DELAY_MS = 3_600_000;

interface Lane {
  judgeId: string;
  ownerId: string | null;
  concurrency: number;
  lane: number;
}

/** SQL: the lane of something by its hash, a bigint. */
export const laneOf = (hash: Prisma.Sql, concurrency: number): Prisma.Sql =>
  Prisma.sql`mod((${hash} & 1048575)::int, ${concurrency}::int)`;

/**
 * How many more images a lane of a judge may look at today, by whom their models are from: a network address where it is known,
 * for cookies cost nothing, else a visitor. A judge's lanes divide its cap among them and each works alone, so that together they
 * never go beyond it. The operator's models and those of the judge's owner are not capped.
 * @param cap a day's most; JUDGE_SAMPLES_PER_SUBMITTER unless told
 */
export class SubmitterCap {
  private constructor(
    private readonly ownerId: string | null,
    private readonly share: number,
    private readonly used: Map<string, number>,
  ) {}

  static async read(of: Lane, tx: Tx, cap = env().JUDGE_SAMPLES_PER_SUBMITTER): Promise<SubmitterCap> {
    const { judgeId, ownerId, concurrency, lane } = of;
    const rows = await tx.$queryRaw<{ holder: string; used: number }[]>`
      select holder, count(*)::int as used from (
        select ${holderSql("m", ownerId)} as holder from judge_sample_verdicts v
        join samples s on s.id = v.sample_id join models m on m.id = s.model_id
        where v.judge_id = ${judgeId} and v.created_at > now() - interval '1 day'
          and ${laneOf(Prisma.sql`hashtextextended(s.id, 0)`, concurrency)} = ${lane}::int
        union all
        select ${holderSql("m", ownerId)} from judge_pair_verdicts v
        join samples s on s.id in (v.a_sample_id, v.b_sample_id) join models m on m.id = s.model_id
        where v.judge_id = ${judgeId} and v.created_at > now() - interval '1 day'
          and ${laneOf(PAIR_HASH, concurrency)} = ${lane}::int
      ) looked where holder is not null group by 1`;
    const share = Math.floor(cap / concurrency) + (lane < cap % concurrency ? 1 : 0);
    return new SubmitterCap(ownerId, share, new Map(rows.map((row) => [row.holder, row.used])));
  }

  /** How many images of this holder's models are left today; null: one without a cap. */
  room(holder: string | null): number {
    return holder === null ? Infinity : Math.max(0, this.share - (this.used.get(holder) ?? 0));
  }

  /** Take one image of each of these holders' models, if there is room for all of them. */
  take(holders: readonly (string | null)[]): boolean {
    const wanted = (id: string | null) => holders.filter((other) => other === id).length;
    if (holders.some((id) => this.room(id) < wanted(id))) return false;
    for (const id of holders) if (id !== null) this.used.set(id, (this.used.get(id) ?? 0) + 1);
    return true;
  }

  /** Whether something may have been left out for want of room. */
  get isSpent(): boolean {
    return this.share === 0 || [...this.used.keys()].some((id) => this.room(id) === 0);
  }

  /** SQL: the holder of the model in a row with this alias, for `take`. @param alias trusted */
  holder(alias: "m" | "l" | "r"): Prisma.Sql {
    return holderSql(alias, this.ownerId);
  }

  /** SQL: whether there is room left for the model in a row with this alias. @param alias trusted */
  hasRoom(alias: "m" | "l" | "r"): Prisma.Sql {
    const holder = this.holder(alias);
    if (this.share === 0) return Prisma.sql`${holder} is null`;
    const spent = [...this.used.keys()].filter((id) => this.room(id) === 0);
    return Prisma.sql`(${holder} is null or ${holder} <> all (${spent}))`;
  }
}

/** SQL: as whose a model's images count; null: the operator's, or the judge's owner's. */
function holderSql(alias: "m" | "l" | "r", ownerId: string | null): Prisma.Sql {
  const m = Prisma.raw(alias);
  return Prisma.sql`(case when ${m}.submitter_id is distinct from ${ownerId} and ${m}.submitter_id is not null
    then coalesce(${m}.address_hash, ${m}.submitter_id) end)`;
}

/** SQL: the hash of a pair's verdict in row v, the same in both orders. */
const PAIR_HASH = Prisma.sql`hashtextextended(least(v.a_sample_id, v.b_sample_id) || greatest(v.a_sample_id, v.b_sample_id), 0)`;
