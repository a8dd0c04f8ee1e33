import { overSets } from "@/lib/boards/board-prompts";
import { db, type Tx } from "@/lib/db/client";
import type { Prisma, PromptSet } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { controls, type Asker } from "@/lib/models/visibility";
import { isReservedSlug } from "@/lib/prompts/reserved-slugs";

type Owned = Pick<PromptSet, "ownerId" | "listed">;

/**
 * Whether somebody may see a set: listed ones are everybody's, others theirs who have them in hand.
 */
export function maySeePromptSet({ ownerId, listed }: Owned, by: Asker): boolean {
  return listed || controls(ownerId, by);
}

/** The same as a filter. */
export function promptSetsSeenBy(by: Asker): Prisma.PromptSetWhereInput {
  if (by === "operator" || by.managesAll === true) return {};
  return {
    OR: [
      { listed: true },
      ...(by.voterId === null ? [] : [{ ownerId: by.voterId }]),
      ...(controls(null, by) ? [{ ownerId: null }] : []),
    ],
  };
}

/**
 * One version of a set, by its slug.
 * @throws SalonError not_found, also for one that the asker may not see
 */
export async function findPromptSet(ask: { slug: string; by: Asker }, tx: Tx = db()): Promise<PromptSet> {
  const set = isReservedSlug(ask.slug) ? null : await tx.promptSet.findUnique({ where: { slug: ask.slug } });
  if (set === null || !maySeePromptSet(set, ask.by)) {
    throw new SalonError("not_found", "There is no such prompt set.");
  }
  return set;
}

/**
 * A set that the asker changes; nobody else changes it, and no run or board takes it up, until the transaction ends.
 * @throws SalonError not_found; forbidden for one that may be read only
 */
export async function lockPromptSet(ask: { slug: string; by: Asker }, tx: Tx): Promise<PromptSet> {
  const { id } = await findPromptSet(ask, tx);
  await tx.$queryRaw`select id from prompt_sets where id = ${id} for update`;
  const set = await findPromptSet(ask, tx);
  if (!controls(set.ownerId, ask.by)) {
    throw new SalonError("forbidden", "Only who imported a prompt set may change it.");
  }
  return set;
}

/** What uses a version: such a one is never changed. */
export async function usesOf(promptSetId: string, tx: Tx): Promise<{ runs: number; boards: number }> {
  const [runs, boards] = await Promise.all([
    tx.run.count({ where: { promptSetId } }),
    tx.board.count({ where: overSets([promptSetId]) }),
  ]);
  return { runs, boards };
}

/** Ids of all versions of a set. */
export async function versionsOf(promptSetId: string, tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with recursive chain as (
      select id, previous_id from prompt_sets where id = ${promptSetId}
      union
      select s.id, s.previous_id from prompt_sets s join chain c on s.previous_id = c.id or s.id = c.previous_id
    ) select id from chain`;
  return rows.map(({ id }) => id);
}
