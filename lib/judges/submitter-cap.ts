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
 * How many more pictures a lane of a judge may look at today, by visitor whose models they are of. A judge's lanes divide its cap
 * among them and each works alone, so that together they never go beyond it. Its owner's models are not capped.
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
    const rows = await tx.$queryRaw<{ submitterId: string; used: number }[]>`
      select "submitterId", count(*)::int as used from (
        select m."submitterId" from "JudgeSampleVerdict" v
        join "Sample" s on s.id = v."sampleId" join "Model" m on m.id = s."modelId"
        where v."judgeId" = ${judgeId} and v."createdAt" > now() at time zone 'utc' - interval '1 day'
          and ${laneOf(Prisma.sql`hashtextextended(s.id, 0)`, concurrency)} = ${lane}::int
        union all
        select m."submitterId" from "JudgePairVerdict" v
        join "Sample" s on s.id in (v."aSampleId", v."bSampleId") join "Model" m on m.id = s."modelId"
        where v."judgeId" = ${judgeId} and v."createdAt" > now() at time zone 'utc' - interval '1 day'
          and ${laneOf(PAIR_HASH, concurrency)} = ${lane}::int
      ) looked where "submitterId" is not null group by 1`;
    const share = Math.floor(cap / concurrency) + (lane < cap % concurrency ? 1 : 0);
    return new SubmitterCap(ownerId, share, new Map(rows.map((row) => [row.submitterId, row.used])));
  }

  /** How many pictures of this visitor's models are left today; null visitor: the operator's, without a cap. */
  room(submitterId: string | null): number {
    if (submitterId === null || submitterId === this.ownerId) return Infinity;
    return Math.max(0, this.share - (this.used.get(submitterId) ?? 0));
  }

  /** Take one picture of each of these visitors' models, if there is room for all of them. */
  take(submitterIds: readonly (string | null)[]): boolean {
    const wanted = (id: string | null) => submitterIds.filter((other) => other === id).length;
    if (submitterIds.some((id) => this.room(id) < wanted(id))) return false;
    for (const id of submitterIds) if (id !== null) this.used.set(id, (this.used.get(id) ?? 0) + 1);
    return true;
  }

  /** Whether something may have been left out for want of room. */
  get isSpent(): boolean {
    return this.share === 0 || [...this.used.keys()].some((id) => this.room(id) === 0);
  }

  /** SQL: whether there is room left for the model in a row with this alias. @param alias trusted */
  hasRoom(alias: "m" | "l" | "r"): Prisma.Sql {
    const m = Prisma.raw(alias);
    if (this.share === 0)
      return Prisma.sql`(${m}."submitterId" is null or ${m}."submitterId" = ${this.ownerId})`;
    const spent = [...this.used.keys()].filter((id) => this.room(id) === 0);
    return Prisma.sql`(${m}."submitterId" is null or ${m}."submitterId" <> all (${spent}))`;
  }
}

/** SQL: the hash of a pair's verdict in row v, the same in both orders. */
const PAIR_HASH = Prisma.sql`hashtextextended(least(v."aSampleId", v."bSampleId") || greatest(v."aSampleId", v."bSampleId"), 0)`;
