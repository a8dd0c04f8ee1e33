import { randomInt } from "node:crypto";
import { arenaPool, type PoolBoard } from "@/lib/battles/arena-pool";
import { battleView } from "@/lib/battles/battle-view";
import { drawPair } from "@/lib/battles/choose-pair";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { LIVE_PROMPT_SET } from "@/lib/prompts/reserved-slugs";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { refuseBlockedPrompt } from "@/lib/moderation/checks/blocked-list";
import { enqueue } from "@/lib/queue/enqueue";
import { useQuota } from "@/lib/quotas/use-quota";
import { shareQueue } from "@/lib/queue/share-queue";
import type { BattleView } from "@/lib/schemas/battles";
import type { AddressHash } from "@/lib/secrets/address-hash";

/** Live battles that are drawn for one visitor at a time: a slow endpoint must not hold up everybody's. */
const AT_ONCE = 4;
/** Live battles that wait for one submitted model at a time: a third of a worker's slots for them (workers/lanes.ts). */
const AT_ONCE_A_MODEL = 4;
/** A battle that is no further after so long is not being generated any more, whatever its row says. */
const LONGEST_WAIT = "10 minutes";

/**
 * Start a live battle: keep the prompt, draw two models that can be called, queue their generation.
 * @throws SalonError "not_ready" when visitors' own prompts may call fewer than two listed models that are asked for images of the
 *   board's shape and are not waited for already; "rate_limited" when the quota is used up; "unavailable" while the disk is nearly full;
 *   "invalid_request" for a prompt with words that the site blocks
 */
export async function createLiveBattle(
  input: { board: PoolBoard; voterId: string; from: AddressHash | null; prompt: string },
  transaction?: Tx,
): Promise<BattleView> {
  const { board, voterId, from } = input;
  await requireDiskSpace();
  const pool = await arenaPool(board, transaction);
  return atomically(transaction, async (tx) => {
    await refuseBlockedPrompt(input.prompt, tx);
    const holder = { ownerId: voterId, addressHash: from?.address ?? null };
    await useQuota({ quota: "prompts", amount: 1, by: holder }, tx);
    const busy = await busyModels(board.id, tx);
    const open = (model: number) => pool.live[model] && !busy.has(pool.models[model]);
    const pair = drawPair(pool.pairs, (a, b) => open(a) && open(b), randomInt(2 ** 32) / 2 ** 32);
    if (pair === null) {
      throw new SalonError(
        "not_ready",
        "A live battle needs two listed models that visitors' own prompts may call, and that give images of the board's shape.",
        {
          retryAfterSeconds: 30,
        },
      );
    }
    const [left, right] = randomInt(2) === 0 ? [pair.a, pair.b] : [pair.b, pair.a];
    const prompt = await addLivePrompt(input.prompt, tx);
    const battle = await tx.battle.create({
      data: {
        id: newId("battle"),
        boardId: board.id,
        voterId,
        promptId: prompt.id,
        kind: "LIVE",
        state: "GENERATING",
        leftModelId: pool.models[left],
        rightModelId: pool.models[right],
        pairPolicy: pool.policy,
        propensity: pair.propensity,
        addressHash: from?.address,
        networkHash: from?.network,
      },
      select: { id: true, voterId: true, state: true },
    });
    const queue = shareQueue("live", holder, voterId, {
      turn: prompt.index,
      width: AT_ONCE,
      share: AT_ONCE,
    });
    await enqueue("generate-live-battle", { battleId: battle.id }, { queue }, tx);
    return battleView({ ...battle, prompt, board, clip: null });
  });
}

/** Submitted models that as many live battles wait for as one may hold up: one that hangs must not take every slot. */
async function busyModels(boardId: string, tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.id from battles b cross join lateral (values (b.left_model_id), (b.right_model_id)) as side (id)
    join models m on m.id = side.id and not m.bundled
    where b.board_id = ${boardId} and b.created_at > now() - ${LONGEST_WAIT}::interval
      and b.kind = 'LIVE' and b.state = 'GENERATING'
    group by m.id having count(*) >= ${AT_ONCE_A_MODEL}`;
  return new Set(rows.map(({ id }) => id));
}

async function addLivePrompt(text: string, tx: Tx) {
  await tx.$executeRaw`
    insert into prompt_sets (id, slug, name) values (${newId("promptSet")}, ${LIVE_PROMPT_SET}, 'Live battles')
    on conflict (slug) do nothing`;
  // The set's row lock makes indices unique: live battles are seconds long, this is not where they wait.
  const [set] = await tx.$queryRaw<{ id: string }[]>`
    select id from prompt_sets where slug = ${LIVE_PROMPT_SET} for update`;
  const last = await tx.prompt.aggregate({ where: { promptSetId: set.id }, _max: { index: true } });
  return tx.prompt.create({
    data: {
      id: newId("prompt"),
      promptSetId: set.id,
      index: (last._max.index ?? -1) + 1,
      text,
      category: LIVE_CATEGORY,
      arena: false,
    },
  });
}
