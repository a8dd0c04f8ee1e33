import { keepArtifacts, type NewArtifact } from "@/lib/artifacts/keep-artifacts";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { balancedOrder } from "@/lib/prompt-files/balanced-order";
import type { PreparedPrompt } from "@/lib/prompts/prepare-prompts";

/** Rows of one statement: a few megabytes. */
const BATCH = 5_000;
/** The order of every set comes from it. */
const ORDER_SEED = 1;

/** Which prompts battles are drawn from: all, every second one of each category, or none. */
export const ARENA_SHARES = ["all", "half", "none"] as const;
export type ArenaShare = (typeof ARENA_SHARES)[number];

/** Whether a prompt is in the arena, as another version has it. */
export interface ArenaState {
  arena: boolean;
  retiredAt: Date | null;
}

/**
 * Insert prompts after those that a set has, so that any prefix of all of them is as balanced over the categories as can be, with the
 * images that they name.
 * @param ask.states of prompts that a version before has, by content hash: who left the arena for good stays out of it
 */
export async function storePrompts(
  ask: {
    promptSetId: string;
    prompts: readonly PreparedPrompt[];
    artifacts: ReadonlyMap<string, NewArtifact>;
    arena: ArenaShare;
    states?: ReadonlyMap<string, ArenaState>;
  },
  tx: Tx,
): Promise<void> {
  const { promptSetId, prompts, arena, states } = ask;
  await keepImages(prompts, ask.artifacts, tx);
  const there = await tx.prompt.groupBy({
    by: ["category"],
    where: { promptSetId },
    _count: true,
    _max: { index: true },
  });
  const already = new Map(there.map(({ category, _count }) => [category, _count]));
  const first = there.reduce((most, { _max }) => Math.max(most, (_max.index ?? -1) + 1), 0);
  const order = balancedOrder(
    prompts.map(({ category }) => category),
    ORDER_SEED,
    already,
  );
  const rows = order.map((at, place) => {
    const { place: _place, ...prompt } = prompts[at];
    const turn = already.get(prompt.category) ?? 0;
    already.set(prompt.category, turn + 1);
    const isShown = arena === "all" || (arena === "half" && turn % 2 === 0);
    const state = states?.get(prompt.contentHash) ?? { arena: isShown, retiredAt: null };
    return { ...prompt, ...state, id: newId("prompt"), index: first + place };
  });
  for (let from = 0; from < rows.length; from += BATCH) {
    await insert(promptSetId, rows.slice(from, from + BATCH), tx);
  }
}

/** One statement: thousands of rows through the ORM take seconds. */
async function insert(promptSetId: string, rows: object[], tx: Tx): Promise<void> {
  await tx.$executeRaw`
    insert into prompts (id, prompt_set_id, index, key, text, category, tags, language, negative_prompt, source_artifacts,
      reference_artifact, arena, retired_at, truth, metadata, content_hash)
    select id, ${promptSetId}, index, key, text, category,
      array(select jsonb_array_elements_text(tags)), language, "negativePrompt",
      array(select jsonb_array_elements_text("sourceArtifacts")), "referenceArtifact", arena, "retiredAt",
      nullif(truth, 'null'), nullif(metadata, 'null'), "contentHash"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (id text, index int, key text, text text, category text,
      tags jsonb, language text, "negativePrompt" text, "sourceArtifacts" jsonb, "referenceArtifact" text, arena boolean,
      "retiredAt" timestamptz, truth jsonb, metadata jsonb, "contentHash" text)`;
}

/** Keeps the images that come with prompts, and sees that those named by their sha256 are still there. */
async function keepImages(
  prompts: readonly PreparedPrompt[],
  artifacts: ReadonlyMap<string, NewArtifact>,
  tx: Tx,
): Promise<void> {
  const named = new Set(
    prompts.flatMap(({ sourceArtifacts, referenceArtifact }) =>
      referenceArtifact === null ? sourceArtifacts : [...sourceArtifacts, referenceArtifact],
    ),
  );
  if (named.size === 0) return;
  await keepArtifacts(
    [...named].flatMap((sha256) => artifacts.get(sha256) ?? []),
    tx,
  );
  const there = await tx.artifact.count({ where: { sha256: { in: [...named] }, erasedAt: null } });
  if (there < named.size) {
    throw new SalonError(
      "conflict",
      "An image that a prompt names was deleted meanwhile. Import it again with its images.",
    );
  }
}
