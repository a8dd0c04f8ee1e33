import { recordChange } from "@/lib/audit/record-change";
import type { Tx } from "@/lib/db/client";
import { Prisma, type PromptSet } from "@/lib/db/generated/client";
import { removedSlug } from "@/lib/models/remove-model";
import { onBehalf, type Erasure, type Outcome } from "@/lib/privacy/erasure";
import { erasePrompts } from "@/lib/privacy/erase-prompts";

/**
 * Remove the person's prompt sets that are not listed, or all of them, unless a board or a run that stays is over one: that one stays
 * as the site's. Where votes name prompts of a removed set, rows without words are left.
 * @param removedBoards ids of boards that went before
 */
export async function giveUpPromptSets(
  { person, by, listed, removedBoards }: Erasure & { removedBoards: readonly string[] },
  tx: Tx,
): Promise<Outcome> {
  // Of two versions the newer first: it names the older.
  const sets = await tx.promptSet.findMany({
    where: { ownerId: { in: person.voterIds } },
    orderBy: [{ version: "desc" }, { id: "asc" }],
  });
  const outcome = { removed: 0, kept: 0 };
  for (const set of sets) {
    const isRemoved = (!set.listed || listed === "remove") && !(await isNeeded(set.id, removedBoards, tx));
    if (isRemoved) await remove(set, tx);
    else await tx.promptSet.update({ where: { id: set.id }, data: { ownerId: null, addressHash: null } });
    outcome[isRemoved ? "removed" : "kept"] += 1;
    await recordChange(tx, {
      by: onBehalf(set.ownerId!, by),
      action: "prompts.edit",
      subject: { kind: "prompt set", id: set.id, label: set.id },
      before: { isSitesOwn: false, isRemoved: false },
      after: { isSitesOwn: true, isRemoved },
    });
  }
  return outcome;
}

/** Whether a run, or a board that stays, is over the set. */
async function isNeeded(id: string, removedBoards: readonly string[], tx: Tx): Promise<boolean> {
  const [{ needed }] = await tx.$queryRaw<[{ needed: boolean }]>`
    select exists (select from runs where prompt_set_id = ${id}) or exists (
      select from boards b where b.id <> all (${removedBoards}) and (b.prompt_set_id = ${id}
        or exists (select from board_prompt_sets f where f.board_id = b.id and f.prompt_set_id = ${id}))) as needed`;
  return needed;
}

async function remove({ id }: PromptSet, tx: Tx): Promise<void> {
  const [{ named }] = await tx.$queryRaw<[{ named: boolean }]>`
    select exists (select from boards where prompt_set_id = ${id})
      or exists (select from board_prompt_sets where prompt_set_id = ${id})
      or exists (select from prompt_sets where previous_id = ${id})
      or exists (select from prompts p where p.prompt_set_id = ${id} and (
        exists (select from samples s where s.prompt_id = p.id)
        or exists (select from battles b where b.prompt_id = p.id))) as named`;
  if (!named) {
    await tx.promptSet.delete({ where: { id } });
    return;
  }
  await tx.questionSet.deleteMany({ where: { promptSetId: id } });
  await erasePrompts(Prisma.sql`select id from prompts where prompt_set_id = ${id}`, tx);
  await tx.promptSet.update({
    where: { id },
    data: {
      name: "Removed prompt set",
      slug: removedSlug(id),
      ownerId: null,
      addressHash: null,
      listed: false,
      archivedAt: new Date(),
    },
  });
}
