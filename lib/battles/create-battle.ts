import type { Visitor } from "@/lib/models/visibility";
import { randomInt } from "node:crypto";
import { arenaPool, type ArenaPool, type PoolBoard } from "@/lib/battles/arena-pool";
import { battleClip } from "@/lib/battles/battle-clip";
import { battleView } from "@/lib/battles/battle-view";
import { choosePair, NO_SAMPLE } from "@/lib/battles/choose-pair";
import { createLiveBattle } from "@/lib/battles/create-live-battle";
import { atomically } from "@/lib/db/atomically";
import { ON_BOARD } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { requireBoard } from "@/lib/boards/require-board";
import { SalonError } from "@/lib/errors";
import { inBattles } from "@/lib/prompts/shown-states";
import type { BattleView } from "@/lib/schemas/battles";
import { hashAddress, type AddressHash } from "@/lib/secrets/address-hash";

export type CreateBattleInput = Pick<Visitor, "runsSite" | "isSignedIn"> & {
  /** Slug. */
  board: string;
  /** An existing voter: see ensure-voter.ts. */
  voterId: string;
  /** The client's, as app/api/client-address.ts gives it; null or absent: not known. */
  address?: string | null;
  /** A prompt of the voter's own makes a live battle. */
  prompt?: string;
};

/**
 * Hand a voter a battle: two samples of one prompt, drawn by choose-pair.ts from what this voter has not seen,
 * sides by a fair coin. With a prompt of their own, two models start to generate instead.
 * @throws SalonError "not_found" for a board that the voter may not see, "forbidden" where only invited people vote, "conflict" on
 *   an archived board, "not_ready" while no two models can meet
 */
export async function createBattle(input: CreateBattleInput, tx?: Tx): Promise<BattleView> {
  const { voterId, prompt } = input;
  const board = await requireBoard({ slug: input.board, by: input, to: "vote" }, tx ?? db());
  const from = await hashAddress(input.address ?? null, Date.now());
  return prompt === undefined
    ? createStoredBattle({ board, voterId, from }, tx)
    : createLiveBattle({ board, voterId, from, prompt }, tx);
}

/**
 * One voter's battles are made one after the other, or two tabs could be shown one sample. What the voter saw is read in one statement
 * and the battle made in another, unless another battle comes in between.
 */
async function createStoredBattle(ask: StoredAsk, tx?: Tx): Promise<BattleView> {
  const made = await tryBattle(ask, false, tx);
  if (made !== null) return made;
  return atomically(tx, async (tx) => {
    await tx.$queryRaw`select id from voters where id = ${ask.voterId} for no key update`;
    // A pool with nothing to show, or with a prompt or a sample that has left the arena since, is just old.
    for (const fresh of [false, true]) {
      const made = await tryBattle(ask, fresh, tx);
      if (made !== null) return made;
    }
    throw new SalonError(
      "not_ready",
      "This arena opens as soon as two models have samples of one prompt. Come back in a moment.",
      { retryAfterSeconds: 5 },
    );
  });
}

type StoredAsk = { board: PoolBoard; voterId: string; from: AddressHash | null };

/** Null when there is nothing to show, or what was chosen may not be shown any more. */
async function tryBattle(
  { board, voterId, from }: StoredAsk,
  fresh: boolean,
  transaction?: Tx,
): Promise<BattleView | null> {
  const tx = transaction ?? db();
  const shown = await readShown(voterId, board.id, tx);
  const pool = await arenaPool(board, transaction, fresh);
  const times = new Map(shown.map((row) => [row.sample, row.times]));
  const chosen = choosePair(pool.pairs, timesByPrompt(pool, shown, times), randomInt(2 ** 32) / 2 ** 32);
  if (chosen === null) return null;
  const prompt = chosen.prompts[randomInt(chosen.prompts.length)];
  const [left, right] = randomInt(2) === 0 ? [chosen.a, chosen.b] : [chosen.b, chosen.a];
  const id = newId("battle");
  const [a, b] = [left, right].map((model) => leastShown(pool.samples[model][prompt], times));
  const sides = shown.reduce((sum, row) => sum + row.times, 0);
  // By hand: 0.5 ms of CPU where the query builder takes 1.6 ms.
  const made = await tx.$executeRaw`
    with voter as materialized (select id from voters where id = ${voterId} for no key update)
    insert into battles (id, board_id, voter_id, prompt_id, left_model_id, right_model_id,
      left_sample_id, right_sample_id, pair_policy, propensity, address_hash, network_hash)
    select ${id}, ${board.id}, voter.id, p.id, ${pool.models[left]}, ${pool.models[right]},
      ${a}, ${b},
      ${pool.policy}, ${chosen.propensity}::float8,
      ${from?.address ?? null}, ${from?.network ?? null}
    from voter, prompts p where p.id = ${pool.prompts[prompt].id} and p.arena
      and not exists (select from samples s where s.id in (${a}, ${b}) and not ${inBattles()})
      and 2 = (select count(*) from models m join boards b on b.id = ${board.id}
        where m.id in (${pool.models[left]}, ${pool.models[right]}) and ${ON_BOARD})
      and sides_shown(voter.id, ${board.id}) = ${sides}::int`;
  if (made !== 1) return null;
  const clip = board.modality === "TEXT_TO_VIDEO" ? await battleClip([a, b], tx) : null;
  return battleView({ id, voterId, state: "READY", prompt: pool.prompts[prompt], board, clip });
}

type Shown = { sample: string; model: string; prompt: string; times: number };

/** How often each model's least shown sample of each prompt was shown; NO_SAMPLE where it has none. */
function timesByPrompt(
  pool: ArenaPool,
  shown: readonly Shown[],
  times: ReadonlyMap<string, number>,
): Uint16Array[] {
  const rows = [...pool.unseen];
  for (const { model, prompt } of shown) {
    const [m, p] = [pool.modelAt.get(model), pool.promptAt.get(prompt)];
    if (m === undefined || p === undefined) continue;
    if (rows[m] === pool.unseen[m]) rows[m] = rows[m].slice();
    rows[m][p] = pool.samples[m][p].reduce((least, id) => Math.min(least, times.get(id) ?? 0), NO_SAMPLE);
  }
  return rows;
}

/** Which samples were shown to a voter on a board, and how often. */
function readShown(voterId: string, boardId: string, tx: Tx): Promise<Shown[]> {
  return tx.$queryRaw`
    select sample, model, prompt_id as prompt, count(*)::int as times
    from battles, lateral (values (left_sample_id, left_model_id), (right_sample_id, right_model_id)) as side (sample, model)
    where voter_id = ${voterId} and board_id = ${boardId} and sample is not null
    group by sample, model, prompt_id`;
}

function leastShown(ids: readonly string[], shown: ReadonlyMap<string, number>): string {
  const least = Math.min(...ids.map((id) => shown.get(id) ?? 0));
  const candidates = ids.filter((id) => (shown.get(id) ?? 0) === least);
  return candidates[randomInt(candidates.length)];
}
