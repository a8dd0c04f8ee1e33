import { db, type Tx } from "@/lib/db/client";
import type { Asker } from "@/lib/models/visibility";
import { comparePrompts } from "@/lib/prompts/compare-prompts";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { preparePrompts, type PreparedPrompt } from "@/lib/prompts/prepare-prompts";
import type { Unpacked } from "@/lib/prompts/unpack-prompt-files";
import type { PromptPreview } from "@/lib/schemas/prompt-sets";

/** Shown of a category. */
const FIRST = 3;

/**
 * What an import of files would store: how many prompts by category, the first of each, and what is wrong with the files. Nothing is stored.
 * @param ask.slug of the set that a new version is to follow
 * @throws SalonError not_found
 */
export async function previewPrompts(
  ask: { unpacked: Unpacked; category?: string; by: Asker; slug?: string },
  tx: Tx = db(),
): Promise<PromptPreview> {
  const { slug, by } = ask;
  const set = slug === undefined ? null : await findPromptSet({ slug, by }, tx);
  const prepared = await preparePrompts({ ...ask, set: set?.id ?? null }, tx);
  const { format, prompts, errors, warnings, problems, artifacts } = prepared;
  const compared = set && (await comparePrompts(set.id, prompts, tx));
  return {
    format,
    prompts: prompts.length,
    images: artifacts.size,
    errors,
    warnings,
    problems,
    categories: byCategory(prompts),
    against: compared && {
      kept: compared.kept,
      added: compared.added,
      changed: compared.changed,
      removed: compared.removed,
    },
  };
}

function byCategory(prompts: readonly PreparedPrompt[]): PromptPreview["categories"] {
  const categories = new Map<string, PromptPreview["categories"][number]>();
  for (const { category, key, text, tags, sourceArtifacts } of prompts) {
    let known = categories.get(category);
    if (known === undefined) categories.set(category, (known = { name: category, count: 0, first: [] }));
    known.count++;
    if (known.first.length < FIRST) known.first.push({ key, text, tags, sources: sourceArtifacts.length });
  }
  return [...categories.values()].sort((a, b) => b.count - a.count).slice(0, 200);
}
