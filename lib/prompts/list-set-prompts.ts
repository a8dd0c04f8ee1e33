import { db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Asker } from "@/lib/models/visibility";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { promptImages } from "@/lib/prompts/prompt-images";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

export interface PromptFilter {
  category?: string;
  tag?: string;
  /** Found anywhere in the prompt or its key, whatever its case. */
  text?: string;
}

/**
 * Prompts of a set in their order, a page at a time.
 * @param ask.from index that the page begins at
 * @throws SalonError not_found
 */
export async function listSetPrompts(
  ask: { slug: string; by: Asker; from: number; limit: number } & PromptFilter,
  tx: Tx = db(),
): Promise<PromptPage> {
  const { from, limit, category, tag, text } = ask;
  const { id } = await findPromptSet(ask, tx);
  const where: Prisma.PromptWhereInput = {
    promptSetId: id,
    ...(category !== undefined && { category }),
    ...(tag !== undefined && { tags: { has: tag } }),
    ...(text !== undefined && {
      OR: [
        { text: { contains: literal(text), mode: "insensitive" } },
        { key: { contains: literal(text), mode: "insensitive" } },
      ],
    }),
  };
  const [total, rows] = await Promise.all([
    tx.prompt.count({ where }),
    tx.prompt.findMany({
      where: { ...where, index: { gte: from } },
      orderBy: { index: "asc" },
      take: limit + 1,
    }),
  ]);
  const prompts = rows.slice(0, limit).map(({ truth, metadata, ...row }) => ({
    index: row.index,
    key: row.key,
    text: row.text,
    category: row.category,
    tags: row.tags,
    language: row.language,
    negativePrompt: row.negativePrompt,
    sourceArtifacts: row.sourceArtifacts,
    referenceArtifact: row.referenceArtifact,
    images: promptImages(row),
    arena: row.arena,
    hasTruth: truth !== null,
    metadata: metadata as Record<string, unknown> | null,
    contentHash: row.contentHash,
  }));
  return { prompts, total, next: rows[limit]?.index ?? null };
}

/** What is searched for is text, not a pattern. */
const literal = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
