import type { Tx } from "@/lib/db/client";
import type { Modality } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { freeSlug } from "@/lib/evaluation/add-model";

export type Contestants = {
  /** Model ids by the log's names. */
  ids: Map<string, string>;
  /** Names for which there is no model yet. */
  unknown: string[];
};

/** The models that a log's names mean: the one of this slug, or the imported one of this name. */
export async function findContestants(
  names: ReadonlySet<string>,
  modality: Modality,
  tx: Tx,
): Promise<Contestants> {
  const wanted = [...names];
  const models = await tx.model.findMany({
    where: { modality, OR: [{ slug: { in: wanted } }, { imported: true, name: { in: wanted } }] },
    select: { id: true, slug: true, name: true },
    orderBy: { id: "asc" },
  });
  const ids = new Map<string, string>();
  for (const name of wanted) {
    const model = models.find(({ slug }) => slug === name) ?? models.find((other) => other.name === name);
    if (model !== undefined) ids.set(name, model.id);
  }
  return { ids, unknown: wanted.filter((name) => !ids.has(name)).sort() };
}

/** Make the models nobody here knows: without endpoint or samples, ranked by the log's votes, never in the arena. */
export async function addContestants(
  contestants: Contestants,
  log: { name: string; modality: Modality },
  tx: Tx,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(contestants.ids);
  for (const name of contestants.unknown) {
    const id = newId("model");
    await tx.model.create({
      data: {
        id,
        slug: await freeSlug(name, tx),
        name,
        creator: "Imported",
        modality: log.modality,
        description: `Known from the votes of ${log.name} alone: it has no endpoint here and is not in the arena.`,
        imported: true,
        listed: true,
      },
    });
    ids.set(name, id);
  }
  return ids;
}
