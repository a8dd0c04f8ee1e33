import { randomInt } from "node:crypto";
import { pairOrder, type PairTally } from "@/lib/comparisons/pair-order";
import { pairView } from "@/lib/comparisons/pair-view";
import { requireComparison } from "@/lib/comparisons/require-comparison";
import { shownPairs } from "@/lib/comparisons/shown-samples";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { Comparison } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { seededRandom } from "@/lib/numerics/random";
import type { PairResponse } from "@/lib/schemas/comparisons";

type Voter = { comparison: Comparison; voterId: string };

/**
 * The pair that a voter looks at next. One that was handed out and has no vote yet comes again, so that reloading the page chooses
 * nothing and a voter never has more than two of them; else a new one: of the pairs of runs by {@link pairOrder}, of their prompts one
 * that this voter has met least, then one with the fewest votes, then by chance; sides by a fair coin.
 * @param ask.besides a pair that the voter has on the screen
 * @throws SalonError not_found; conflict on a closed comparison
 */
export function nextPair(
  ask: { comparisonId: string; voterId: string; besides?: string },
  tx?: Tx,
): Promise<PairResponse> {
  const { voterId, besides } = ask;
  return atomically(tx, async (tx) => {
    const comparison = await requireComparison({ ...ask, to: "vote" }, tx);
    const voter = { comparison, voterId };
    // One voter's pairs are made one after the other, or two tabs would be handed more than they should.
    const key = `comparison:${comparison.id}:${voterId}`;
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const done = await countVotes(voter, tx);
    const open = await openPairs(voter, tx);
    const again = open.find((id) => id !== besides);
    const room = comparison.pairsPerVoter - done - open.length;
    const id = again ?? (room > 0 ? await handOut(voter, tx) : null);
    const onScreen = open.length + (again === undefined && id !== null ? 1 : 0);
    const left = await countUnseen(voter, comparison.pairsPerVoter - done - onScreen, tx);
    return {
      pair: id === null ? null : await pairView(id, tx),
      progress: { done, of: done + onScreen + left },
    };
  });
}

/** How many pairs a voter has voted on. */
export const countVotes = ({ comparison, voterId }: Voter, tx: Tx): Promise<number> =>
  tx.comparisonVote.count({ where: { comparisonId: comparison.id, voterId, outcome: { not: null } } });

/** A voter's pairs without a vote, oldest first. Those that may not be shown any more are dropped. */
async function openPairs({ comparison, voterId }: Voter, tx: Tx): Promise<string[]> {
  const open = await tx.comparisonVote.findMany({
    where: { comparisonId: comparison.id, voterId, outcome: null },
    orderBy: [{ handedAt: "asc" }, { id: "asc" }],
    select: { id: true, firstSampleId: true, secondSampleId: true },
  });
  if (open.length === 0) return [];
  const shown = await tx.$queryRaw<{ id: string }[]>`
    with ${shownPairs(comparison)} select v.id from comparison_votes v
    join cells c on c.first_sample = v.first_sample_id and c.second_sample = v.second_sample_id
    where v.id = any (${open.map(({ id }) => id)})`;
  const kept = open.filter(({ id }) => shown.some((each) => each.id === id));
  await tx.comparisonVote.deleteMany({
    where: { id: { in: open.filter((each) => !kept.includes(each)).map(({ id }) => id) } },
  });
  return kept.map(({ id }) => id);
}

/** Hand out a pair that the voter has not met; null when there is none. */
async function handOut({ comparison, voterId }: Voter, tx: Tx): Promise<string | null> {
  const random = seededRandom(randomInt(2 ** 32));
  for (const { first, second } of pairOrder(await tallies({ comparison, voterId }, tx), random)) {
    const seed = String(random.uniform());
    const id = newId("comparisonVote");
    const made = await tx.$executeRaw`
      with ${shownPairs(comparison)}, votes as (
        select prompt_id, index, first_run_id, second_run_id, voter_id, outcome
        from comparison_votes where comparison_id = ${comparison.id}
      )
      insert into comparison_votes (id, comparison_id, voter_id, prompt_id, index, first_run_id, second_run_id,
        first_sample_id, second_sample_id, first_is_left)
      select ${id}, ${comparison.id}, ${voterId}, c.prompt_id, c.index, c.first, c.second, c.first_sample, c.second_sample,
        ${randomInt(2) === 0}
      from cells c
      left join (select prompt_id, count(*) as times from votes where voter_id = ${voterId} group by 1) met
        on met.prompt_id = c.prompt_id
      left join (
        select prompt_id, index, count(*) filter (where outcome is not null) as times, bool_or(voter_id = ${voterId}) as seen
        from votes where first_run_id = ${first} and second_run_id = ${second} group by 1, 2
      ) cell on cell.prompt_id = c.prompt_id and cell.index = c.index
      where c.first = ${first} and c.second = ${second} and cell.seen is not true
      order by coalesce(met.times, 0), coalesce(cell.times, 0), md5(c.prompt_id || c.index || ${seed})
      limit 1`;
    if (made === 1) return id;
  }
  return null;
}

/** The pairs of runs, with how often each was voted on. */
async function tallies({ comparison, voterId }: Voter, tx: Tx): Promise<PairTally[]> {
  return tx.$queryRaw<PairTally[]>`
    select a.run_id as first, b.run_id as second, coalesce(v.own, 0) as own, coalesce(v.votes, 0) as votes
    from comparison_runs a
    join comparison_runs b on b.comparison_id = a.comparison_id and b.position > a.position
    left join (
      select first_run_id, second_run_id, count(*) filter (where voter_id = ${voterId})::int as own,
        count(*) filter (where outcome is not null)::int as votes
      from comparison_votes where comparison_id = ${comparison.id} group by 1, 2
    ) v on v.first_run_id = a.run_id and v.second_run_id = b.run_id
    where a.comparison_id = ${comparison.id}
    order by a.position, b.position`;
}

/** How many pairs a voter has not met, counted up to so many. */
async function countUnseen({ comparison, voterId }: Voter, upTo: number, tx: Tx): Promise<number> {
  if (upTo <= 0) return 0;
  const [{ unseen }] = await tx.$queryRaw<{ unseen: number }[]>`
    with ${shownPairs(comparison)} select count(*)::int as unseen from (
      select from cells c where not exists (
        select from comparison_votes v where v.comparison_id = ${comparison.id} and v.voter_id = ${voterId}
          and v.prompt_id = c.prompt_id and v.index = c.index and v.first_run_id = c.first and v.second_run_id = c.second)
      limit ${upTo}) as found`;
  return unseen;
}
