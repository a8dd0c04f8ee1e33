import { ON_BOARD, onBoard } from "@/lib/boards/board-models";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { fitsBoard, fitsBoardSql, parseSize, type BoardShape } from "@/lib/boards/board-shape";
import { SEEDS_TELL_SIDES } from "@/lib/boards/known-seeds";
import { readPairPolicy } from "@/lib/battles/pair-policy";
import { NO_SAMPLE } from "@/lib/battles/choose-pair";
import { db, type Tx } from "@/lib/db/client";
import { readDataVersion } from "@/lib/db/data-version";
import type { BoardAudience, Modality } from "@/lib/db/generated/enums";
import { isOpenToOwnPrompts } from "@/lib/models/own-prompts";
import { inBattles } from "@/lib/prompts/shown-states";
import type { PairDistribution } from "@/lib/ratings/active-pairs";

/** Everything a battle of one board is chosen from; the same for all voters. */
export interface ArenaPool {
  /** Ids of the board's models that are not merely known from a log. */
  models: string[];
  prompts: { id: string; text: string; category: string; sourceArtifacts: string[] }[];
  /** samples[model][prompt]: ids of samples of the board's shape, empty where there is none. */
  samples: string[][][];
  /** For choose-pair.ts, of who has seen nothing yet: 0 where there is a sample. Copy a row before you write into it. */
  unseen: readonly Uint16Array[];
  /** Places in models and prompts, by id. */
  modelAt: ReadonlyMap<string, number>;
  promptAt: ReadonlyMap<string, number>;
  /**
   * Whether a model may be called for a live battle: the board has such battles, the model is asked for images of the board's
   * shape, and it is bundled, or its owner allows more of them today.
   */
  live: boolean[];
  /** The rule that gave the pairs their chances; stored with each battle. */
  policy: string;
  pairs: PairDistribution;
}

export type PoolBoard = BoardShape & {
  id: string;
  modality: Modality;
  promptSetId: string;
  seenBy: BoardAudience;
  livePrompts: boolean;
  question: string | null;
  criteria: string[];
};

const LOOKED_AT_MS = 5_000;
const kept = new Map<string, { lookedAt: number; version: string; pool: ArenaPool }>();

/**
 * The board's pool, seconds old: reading it costs milliseconds by the thousand samples. Every five seconds one of those who ask looks
 * whether anything has changed; it is then read anew beside them, and they go on with what there is meanwhile. Whatever left the
 * arena since is found by whoever makes a battle of it.
 * @param tx a transaction, which cannot read beside itself: then who looks waits for the new pool; absent: the site's connection
 */
export async function arenaPool(board: PoolBoard, tx?: Tx, fresh = false): Promise<ArenaPool> {
  const known = kept.get(board.id);
  if (known === undefined || fresh) return renew(board, tx ?? db(), true);
  if (Date.now() - known.lookedAt < LOOKED_AT_MS) return known.pool;
  known.lookedAt = Date.now();
  if (tx !== undefined) return renew(board, tx, false);
  // One that fails leaves the pool as old as it was: the next one to look tries again.
  renew(board, db(), false).catch(() => {});
  return known.pool;
}

/** Reads the pool if it has changed, or in any case. */
async function renew(board: PoolBoard, tx: Tx, always: boolean): Promise<ArenaPool> {
  const known = kept.get(board.id);
  const version = await readDataVersion(tx);
  if (!always && known?.version === version) return known.pool;
  const pool = await readPool(board, tx);
  kept.set(board.id, { lookedAt: Date.now(), version, pool });
  return pool;
}

async function readPool(board: PoolBoard, tx: Tx): Promise<ArenaPool> {
  const models = await tx.model.findMany({
    where: { ...onBoard(board), imported: false },
    select: {
      id: true,
      bundled: true,
      modality: true,
      endpoint: {
        select: { imageSize: true, ownPromptsPerDay: true, ownPromptsDay: true, ownPromptsUsed: true },
      },
    },
    orderBy: { id: "asc" },
  });
  const sets = await promptSetsOf(board, tx);
  const prompts = await tx.prompt.findMany({
    where: { promptSetId: { in: sets }, arena: true },
    select: { id: true, text: true, category: true, sourceArtifacts: true },
    orderBy: [{ index: "asc" }, { promptSetId: "asc" }],
  });
  const found = await readSamples(board, sets, tx);
  const modelAt = new Map(models.map((model, i) => [model.id, i]));
  const promptAt = new Map(prompts.map((prompt, i) => [prompt.id, i]));
  const samples = models.map(() => prompts.map((): string[] => []));
  for (const { modelId, ids } of found) {
    const model = modelAt.get(modelId);
    if (model === undefined) continue;
    for (const pair of ids.split(" ")) {
      const [promptId, id] = pair.split("/");
      const prompt = promptAt.get(promptId);
      if (prompt !== undefined) samples[model][prompt].push(id);
    }
  }
  return {
    models: models.map((model) => model.id),
    prompts,
    samples,
    unseen: samples.map((row) => Uint16Array.from(row, (ids) => (ids.length === 0 ? NO_SAMPLE : 0))),
    modelAt,
    promptAt,
    live: models.map(({ bundled, endpoint, modality }) => {
      // A voter's prompt has no image to edit, and a video takes longer than a voter waits.
      if (modality !== "TEXT_TO_IMAGE") return false;
      if (!board.livePrompts || endpoint === null || !(bundled || isOpenToOwnPrompts(endpoint, Date.now())))
        return false;
      const asked = parseSize(endpoint.imageSize);
      return asked !== null && fitsBoard(asked, board);
    }),
    ...(await readPairPolicy(
      board.id,
      models.map((model) => model.id),
      tx,
    )),
  };
}

/**
 * The samples that may be in battles, as "prompt/sample prompt/sample ..." of each model, since a row for each of them takes more
 * than twice the CPU time to read: of each model those of one run over each prompt set, since votes on images made in different
 * ways would not be of the same thing. It is the run that was chosen to stand for the model on the board, where its samples may be in
 * battles, or else the best of those whose samples may (as in lib/runs/best-runs.ts; one that is not published yet will do).
 */
function readSamples(
  board: PoolBoard,
  promptSetIds: string[],
  tx: Tx,
): Promise<{ modelId: string; ids: string }[]> {
  return tx.$queryRaw`
    with fitting as (
      select s.id, s.model_id, s.prompt_id, s.run_id
      from samples s
      join prompts p on p.id = s.prompt_id
      join models m on m.id = s.model_id
      join runs r on r.id = s.run_id and r.superseded_at is null
      join artifacts a on a.sha256 = s.artifact_hash
      join boards b on b.id = ${board.id}
      where p.prompt_set_id = any (${promptSetIds}) and p.arena
        and ${ON_BOARD} and not m.imported
        and ${fitsBoardSql(board)} and not ${SEEDS_TELL_SIDES} and ${inBattles()}
    ), standing as (
      select distinct on (r.model_id, r.prompt_set_id) r.id
      from runs r left join board_models x on x.board_id = ${board.id} and x.model_id = r.model_id
      where r.id in (select run_id from fitting)
      order by r.model_id, r.prompt_set_id, (x.run_id is not distinct from r.id) desc, (r.state = 'PUBLISHED') desc,
        r.prompt_count * r.samples_per_prompt desc, r.finished_at desc nulls last, r.id desc
    )
    select model_id as "modelId", string_agg(prompt_id || '/' || id, ' ') as ids
    from fitting where run_id in (select id from standing) group by 1`;
}
