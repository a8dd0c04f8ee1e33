import type { Tx } from "@/lib/db/client";
import type { Modality } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { freeSlug } from "@/lib/models/add-model";

export type ImportedModels = {
  /** Model ids by the log's names. */
  ids: Map<string, string>;
  /** Names for which there is no model yet. */
  unknown: string[];
  /** Slugs beside those names, where the log has any: they are taken over where they are free. */
  slugs: ReadonlyMap<string, string | undefined>;
};

/**
 * The models that a log's names mean: the one of the slug beside the name, or that the name is, or the imported one of this name.
 * @param names with the slugs beside them, where the log has any
 */
export async function findImportedModels(
  names: ReadonlyMap<string, string | undefined>,
  modality: Modality,
  tx: Tx,
): Promise<ImportedModels> {
  const wanted = [...names.keys()];
  const slugs = [...wanted, ...[...names.values()].filter((slug) => slug !== undefined)];
  const models = await tx.model.findMany({
    where: { modality, OR: [{ slug: { in: slugs } }, { imported: true, name: { in: wanted } }] },
    select: { id: true, slug: true, name: true },
    orderBy: { id: "asc" },
  });
  const ids = new Map<string, string>();
  for (const name of wanted) {
    const beside = names.get(name);
    const model =
      models.find(({ slug, name: own }) => slug === beside && namesOf(own, slug).includes(name)) ??
      models.find(({ slug }) => slug === name) ??
      models.find((other) => other.name === name);
    if (model !== undefined) ids.set(name, model.id);
  }
  return { ids, unknown: wanted.filter((name) => !ids.has(name)).sort(), slugs: names };
}

/** How an exported log may write a model: by its name, or with its slug where the name is not its alone. */
const namesOf = (name: string, slug: string) => [name, `${name} (${slug})`];

/** Make the models nobody here knows: without endpoint or samples, ranked by the log's votes, never in the arena. */
export async function addImportedModels(
  imported: ImportedModels,
  log: { name: string; modality: Modality },
  tx: Tx,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(imported.ids);
  for (const name of imported.unknown) {
    const id = newId("model");
    await tx.model.create({
      data: {
        id,
        slug: await freeSlug(imported.slugs.get(name) ?? name, tx),
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
