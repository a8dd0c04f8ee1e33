import { db, type Tx } from "@/lib/db/client";
import { isReservedSlug } from "@/lib/prompts/reserved-slugs";
import type { PromptSet } from "@/lib/db/generated/client";
import type { Asker } from "@/lib/models/visibility";
import { promptSetsSeenBy } from "@/lib/prompts/find-prompt-set";
import { SETS_PER_VISITOR, limitsOf } from "@/lib/prompts/import-limits";
import type { PromptSetList, PromptSetSummary } from "@/lib/schemas/prompt-sets";

/** The newest version of every set that somebody may see, the newest set first; archived ones on request. */
export async function listPromptSets(
  ask: { by: Asker; archived?: boolean },
  tx: Tx = db(),
): Promise<PromptSetList> {
  const { by, archived = false } = ask;
  const sets = await tx.promptSet.findMany({
    where: {
      ...promptSetsSeenBy(by),
      next: null,
      ...(!archived && { archivedAt: null }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const shown = sets.filter(({ slug }) => !isReservedSlug(slug));
  const limits = limitsOf(by);
  return {
    promptSets: await summariesOf(shown, by, tx),
    limits: {
      megabytes: Math.floor(limits.bytes / 2 ** 20),
      prompts: limits.prompts,
      sets: SETS_PER_VISITOR,
    },
  };
}

/** Sets as lists show them, with the sizes of their categories. */
export async function summariesOf(
  sets: readonly PromptSet[],
  by: Asker,
  tx: Tx,
): Promise<PromptSetSummary[]> {
  const counts = await tx.prompt.groupBy({
    by: ["promptSetId", "category"],
    where: { promptSetId: { in: sets.map(({ id }) => id) } },
    _count: true,
    orderBy: [{ _count: { category: "desc" } }, { category: "asc" }],
  });
  return sets.map((set) => {
    const categories = counts
      .filter(({ promptSetId }) => promptSetId === set.id)
      .map(({ category, _count }) => ({ name: category, count: _count }));
    return {
      slug: set.slug,
      name: set.name,
      version: set.version,
      createdAt: set.createdAt.toISOString(),
      prompts: categories.reduce((sum, { count }) => sum + count, 0),
      categories: categories.slice(0, 200),
      listed: set.listed,
      archived: set.archivedAt !== null,
      own: by !== "operator" && set.ownerId !== null && set.ownerId === by.voterId,
      submittedBy: set.ownerId === null ? "operator" : "visitor",
    };
  });
}
