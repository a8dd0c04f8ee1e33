import { castVote } from "@/lib/battles/cast-vote";
import { checkVotes } from "@/lib/votes/checks/check-votes";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { replayVotes } from "@/lib/votes/replay-votes";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Db } from "@/lib/db/client";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { seededRandom, type Random } from "@/lib/numerics/random";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { countPairs } from "@/lib/ratings/pair-counts";
import { buildSnapshot } from "@/lib/ratings/snapshot";
import { concurrently, makeArena, ticketOf, type Arena } from "../arena-fixture";
import { honestPeople, STRATEGIES, STRENGTHS, type Strategy, type Visitor } from "./people";

export type StuffingResult = {
  strategy: string;
  /** Votes that it wanted to cast, and those that limits kept out. */
  votes: number;
  refused: number;
  /** Held back by rules. */
  held: number;
  rules: string[];
  /** What the target gains over what honest votes give it: without limits and rules, with them, on a strict board too. */
  without: Gain;
  with: Gain;
  strict: Gain;
  /** Of the honest voters, those with a vote that a rule holds back. */
  honestHeld: number;
  /** Whether the stored Elo and pair counts are those of the counted votes, after what the rules have done. */
  isExact: boolean;
};

export type Gain = { ranks: number; points: number };

/** The target: rank 6 of 8 by honest votes. */
const TARGET = 5;

type World = { arena: Arena; db: Db; models: ReadonlyMap<string, number> };

/**
 * Honest voters, and then each strategy by itself on the same board, by the real createBattle, castVote and checkVotes; only
 * times are changed afterwards, to when people and bots would have voted.
 */
export async function simulateStuffing(
  input: { seed: number; honest: number; only?: readonly string[] },
  db: Db,
): Promise<{ honestVotes: number; results: StuffingResult[] }> {
  const random = seededRandom(input.seed);
  const arena = await makeArena(db, { models: STRENGTHS.length, prompts: 12 });
  const world = { arena, db, models: new Map(arena.models.map(({ id }, i) => [id, i])) };
  const people = await visit(honestPeople(input.honest, random), world);
  await check(world);
  const saved = await save(world);
  const honest = { voters: new Set(people.voters), standing: standingOf(await readLog(world), arena) };
  const results: StuffingResult[] = [];
  for (const strategy of STRATEGIES.filter(({ name }) => input.only?.includes(name) ?? true)) {
    results.push(await attack(strategy, { honest, random }, world));
    await restore(saved, world);
  }
  return { honestVotes: people.votes, results };
}

async function attack(
  strategy: Strategy,
  { honest, random }: { honest: { voters: ReadonlySet<string>; standing: Standing }; random: Random },
  world: World,
): Promise<StuffingResult> {
  const { arena } = world;
  const visitors = strategy.visitors(random, TARGET);
  const turns = strategy.isFlood ? await concurrently(visitors, ({ address }) => isAdmitted(address)) : null;
  const kept = await visit(
    visitors.filter((_, i) => turns?.[i] ?? true),
    world,
  );
  await check(world);
  const after = await readLog(world);
  const counted = after.filter(({ status }) => status === "COUNTED");
  const quarantined = after.filter(({ status }) => status === "QUARANTINED");
  const held = quarantined.filter(({ voterId }) => !honest.voters.has(voterId));
  const quarantines = await world.db.quarantine.findMany({ where: { boardId: arena.boardId } });
  const isExact = await agrees(counted.length, world);
  const gain = (votes: readonly LoggedVote[]): Gain => {
    const standing = standingOf(votes, arena);
    return {
      ranks: honest.standing.rank - standing.rank,
      points: Math.round(standing.rating - honest.standing.rating),
    };
  };
  // What limits keep out is cast as well, to see what it would have done.
  const refused = await visit(
    visitors.filter((_, i) => turns !== null && !turns[i]),
    world,
  );
  return {
    strategy: strategy.name,
    votes: kept.votes + refused.votes,
    refused: refused.votes,
    held: held.length,
    rules: [...new Set(quarantines.map(({ rule }) => rule))].sort(),
    without: gain(await readLog(world)),
    with: gain(counted),
    strict: gain(counted.filter(({ isProven, voterId }) => isProven || honest.voters.has(voterId))),
    honestHeld: new Set(quarantined.map(({ voterId }) => voterId).filter((id) => honest.voters.has(id))).size,
    isExact,
  };
}

async function agrees(counted: number, { arena, db }: World): Promise<boolean> {
  const where = { boardId: arena.boardId };
  const pairs = await db.pairCount.findMany({ where });
  const games = pairs.reduce((sum, pair) => sum + pair.winsA + pair.winsB + pair.ties + pair.bothBad, 0);
  const replayed = await replayVotes(arena.boardId, db);
  const stored = await db.eloRating.findMany({ where });
  return games === counted && stored.every(({ modelId, rating }) => replayed.get(modelId)?.rating === rating);
}

async function isAdmitted(address: string): Promise<boolean> {
  try {
    await takeTurn("new-voter", { address });
    return true;
  } catch (error) {
    if (error instanceof SalonError && error.code === "rate_limited") return false;
    throw error;
  }
}

/** Let everyone draw and vote; then set the times. */
async function visit(
  visitors: readonly Visitor[],
  { arena, db, models }: World,
): Promise<{ voters: string[]; votes: number }> {
  const times: { id: string; at: string; ms: number | null }[] = [];
  const voters = await concurrently(visitors, async ({ address, battles, agoMs, answer }) => {
    const { voterId } = await ensureVoter(null, db);
    for (let i = 0; i < battles; i++) {
      const battle = await createBattle({ board: arena.board, voterId, address });
      const { leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({
        where: { id: battle.battleId },
      });
      const given = answer(models.get(leftModelId)!, models.get(rightModelId)!);
      if (given !== null) await castVote({ ...ticketOf(battle), outcome: given.outcome, address });
      const at = new Date(Date.now() - agoMs(i)).toISOString();
      times.push({ id: battle.battleId, at, ms: given && Math.round(given.decisionMs) });
    }
    return voterId;
  });
  await db.$executeRaw`
    with t as (select * from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as r (id text, at timestamp, ms int)),
      handed as (update battles b set created_at = t.at from t where b.id = t.id)
    update votes v set created_at = t.at, decision_ms = t.ms from t where v.battle_id = t.id`;
  return { voters, votes: times.filter(({ ms }) => ms !== null).length };
}

/** Twice, as the hourly check follows the quick one. */
async function check({ arena, db }: World): Promise<void> {
  await checkVotes({ boardId: arena.boardId, now: Date.now() }, db);
  await checkVotes({ boardId: arena.boardId, now: Date.now(), whole: true }, db);
}

type LoggedVote = {
  left: string;
  right: string;
  outcome: VoteOutcome;
  status: VoteStatus;
  voterId: string;
  isProven: boolean;
};

const readLog = ({ arena, db }: World) => db.$queryRaw<LoggedVote[]>`
  select v.left_model_id as left, v.right_model_id as right, v.outcome, v.status, v.voter_id as "voterId",
    u.proven_at is not null as "isProven"
  from votes v join voters u on u.id = v.voter_id where v.board_id = ${arena.boardId}`;

type Standing = { rank: number; rating: number };

/** The target's place among the models and its rating, by the fit of these votes. */
function standingOf(votes: readonly LoggedVote[], { models }: Arena): Standing {
  const counts = countPairs(
    votes.map(({ left, right, outcome }) => ({ a: left, b: right, outcome: toPairOutcome(outcome) })),
  );
  const { rows } = buildSnapshot(counts, models.map(({ id }) => id).sort());
  const byRating = [...rows].sort((x, y) => y.rating - x.rating);
  const at = byRating.findIndex(({ model }) => model === models[TARGET].id);
  return { rank: 1 + at, rating: byRating[at].rating };
}

/** All that an attack changes of what was there before. */
async function save({ arena, db }: World) {
  const where = { boardId: arena.boardId };
  return {
    pairs: await db.pairCount.findMany({ where }),
    elo: await db.eloRating.findMany({ where }),
    votes: await db.vote.findMany({ where }),
    voters: await db.voter.findMany(),
    board: await db.board.findUniqueOrThrow({ where: { id: arena.boardId } }),
  };
}

async function restore(saved: Awaited<ReturnType<typeof save>>, { arena, db }: World): Promise<void> {
  const where = { boardId: arena.boardId };
  const voterId = { notIn: saved.voters.map(({ id }) => id) };
  const proven = saved.voters.filter(({ provenAt }) => provenAt !== null).map(({ id }) => id);
  await db.$transaction([
    db.ratingEvent.deleteMany({ where: { ...where, vote: { voterId } } }),
    db.vote.deleteMany({ where: { ...where, voterId } }),
    db.battle.deleteMany({ where: { ...where, voterId } }),
    db.voter.deleteMany({ where: { id: voterId } }),
    db.vote.updateMany({ where, data: { status: "COUNTED", statusReason: null, quarantineId: null } }),
    db.quarantine.deleteMany({ where }),
    db.voter.updateMany({ where: { id: { in: proven } }, data: { provenAt: new Date() } }),
    db.voter.updateMany({ where: { id: { notIn: proven } }, data: { provenAt: null } }),
    db.board.update({ where: { id: arena.boardId }, data: { votesCheckedAt: saved.board.votesCheckedAt } }),
    db.pairCount.deleteMany({ where }),
    db.pairCount.createMany({ data: saved.pairs }),
    db.eloRating.deleteMany({ where }),
    db.eloRating.createMany({ data: saved.elo }),
    db.rateLimit.deleteMany(),
  ]);
}

const inWords = ({ ranks, points }: Gain) => `${ranks} (${points > 0 ? "+" : ""}${points})`;

/** The results as a table for people. */
export function stuffingTable(results: readonly StuffingResult[]): string {
  const header = ["strategy", "votes", "kept out by limits", "held back", "by", "gained without", "with", "strict board", "honest voters held"]; // prettier-ignore
  const rows = results.map((result) =>
    [
      result.strategy,
      result.votes,
      result.refused,
      result.held,
      result.rules.join(", ") || "-",
      inWords(result.without),
      inWords(result.with),
      inWords(result.strict),
      result.honestHeld,
    ].map(String),
  );
  const widths = header.map((name, k) => Math.max(name.length, ...rows.map((row) => row[k].length)));
  return [header, widths.map((width) => "-".repeat(width)), ...rows]
    .map((row) => `| ${row.map((cell, k) => cell.padEnd(widths[k])).join(" | ")} |`)
    .join("\n");
}
