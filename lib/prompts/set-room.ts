import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { SETS_PER_VISITOR, VISITORS_PROMPTS } from "@/lib/prompts/import-limits";
import { isReservedSlug } from "@/lib/prompts/reserved-slugs";
import type { Holder } from "@/lib/queue/holder";
import { requireRoomFor } from "@/lib/queue/room";

/** @throws SalonError conflict when a visitor has as many sets as one may, or all of them together as many prompts */
export async function requireRoomForSet(holder: Holder, prompts: number, tx: Tx): Promise<void> {
  if (holder.ownerId === null) return;
  await requireRoomFor(
    "prompt-sets",
    {
      most: () => SETS_PER_VISITOR,
      noun: "prompt sets and versions of them",
      remedy: "Remove one that nothing uses first.",
      count: (whose, tx) => tx.promptSet.count({ where: whose }),
    },
    holder,
    tx,
  );
  await requireRoomForPrompts(prompts, tx);
}

/** @throws SalonError conflict when all visitors' sets have as many prompts as they may together */
export async function requireRoomForPrompts(prompts: number, tx: Tx): Promise<void> {
  const taken = await tx.prompt.count({ where: { promptSet: { ownerId: { not: null } } } });
  if (taken + prompts > VISITORS_PROMPTS) {
    throw new SalonError("conflict", "The room this site has for visitors' prompts is used up.");
  }
}

/**
 * A slug that no set has. Of a visitor's it ends at random: the next free number would say what others have.
 * @throws SalonError conflict for one that Salon keeps for itself
 */
export async function freeSetSlug(wanted: string, by: Asker, tx: Tx): Promise<string> {
  if (isReservedSlug(wanted)) {
    throw new SalonError("conflict", `Salon keeps the name ${wanted} for itself. Choose another.`, {
      field: "name",
    });
  }
  if (by !== "operator") return `${wanted.slice(0, 50)}-${newId("promptSet").slice(-8)}`;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`set-slug:${wanted}`}, 0))`;
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if ((await tx.promptSet.findUnique({ where: { slug } })) === null) return slug;
  }
}
