import { randomInt } from "node:crypto";
import { arenaPool, type PoolBoard } from "@/lib/battles/arena-pool";
import { drawPair } from "@/lib/battles/choose-pair";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";

/** A draw that finds a pair again is repeated, so often at most for each pair wanted. */
const PATIENCE = 10;

/**
 * Draw pairs of a board that judges judge although nobody voted on them, as the arena draws battles: two models by the board's
 * present policy, then a prompt and samples by chance; with the propensity, so that they can be weighed like votes. There are
 * `wanted` of them, and as many again when a model has joined that none of them shows, up to `wanted` for each model. Models that
 * visitors listed without the operator's word take no part: paid judges do not look at them.
 */
export async function drawJudgePairs(board: PoolBoard, wanted: number, tx: Tx): Promise<void> {
  // Two at once would draw twice as many.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`judge-pairs:${board.id}`}, 0))`;
  const pool = await arenaPool(board, tx, true);
  const admitted = new Set(
    (
      await tx.model.findMany({
        where: { id: { in: pool.models }, OR: [{ submitterId: null }, { review: "APPROVED" }] },
        select: { id: true },
      })
    ).map(({ id }) => id),
  );
  const known = await tx.$queryRaw<{ first: string; second: string; models: string[] }[]>`
    select j.first_sample_id as first, j.second_sample_id as second, array[s1.model_id, s2.model_id] as models
    from judge_pairs j join samples s1 on s1.id = j.first_sample_id join samples s2 on s2.id = j.second_sample_id
    where j.board_id = ${board.id}`;
  const taken = new Set(known.map(({ first, second }) => `${first} ${second}`));
  const seen = new Set(known.flatMap(({ models }) => models));
  const hasNewcomer = pool.models.some(
    (id, at) => admitted.has(id) && !seen.has(id) && pool.samples[at].some((ids) => ids.length > 0),
  );
  const room = wanted * Math.max(1, admitted.size) - known.length;
  const missing = Math.min(hasNewcomer ? wanted : wanted - known.length, room);
  const rows = [];
  for (let tries = 0; rows.length < missing && tries < missing * PATIENCE; tries++) {
    const shared = (a: number, b: number) =>
      pool.prompts.flatMap((_, prompt) =>
        pool.samples[a][prompt].length > 0 && pool.samples[b][prompt].length > 0 ? [prompt] : [],
      );
    const mayMeet = (a: number, b: number) =>
      admitted.has(pool.models[a]) && admitted.has(pool.models[b]) && shared(a, b).length > 0;
    const pair = drawPair(pool.pairs, mayMeet, randomInt(2 ** 32) / 2 ** 32);
    if (pair === null) break;
    const prompts = shared(pair.a, pair.b);
    const prompt = prompts[randomInt(prompts.length)];
    const [x, y] = [pair.a, pair.b].map((model) => {
      const ids = pool.samples[model][prompt];
      return ids[randomInt(ids.length)];
    });
    const [firstSampleId, secondSampleId] = x < y ? [x, y] : [y, x];
    if (taken.has(`${firstSampleId} ${secondSampleId}`)) continue;
    taken.add(`${firstSampleId} ${secondSampleId}`);
    const { propensity } = pair;
    const id = newId("judgePair");
    rows.push({ id, boardId: board.id, firstSampleId, secondSampleId, pairPolicy: pool.policy, propensity });
  }
  await tx.judgePair.createMany({ data: rows, skipDuplicates: true });
}
