import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { captionTruthSchema, type CaptionTruth } from "@/lib/schemas/stack/scene";
import { DEMO_PROMPTS, FEWEST_PROMPTS } from "@/lib/demos/demo-content";

export type DemoPromptRow = {
  id: string;
  index: number;
  text: string;
  category: string;
  truth: CaptionTruth | null;
};

/**
 * The bundled board's first prompts that are not in the arena, because a model's name stands with every image here; one of each
 * category where SEED_PROMPT_COUNT asks for a small installation.
 */
export async function readDemoPrompts(tx: Tx): Promise<DemoPromptRow[]> {
  const board = await tx.board.findUnique({
    where: { slug: "text-to-image" },
    select: { promptSetId: true },
  });
  if (board === null) return [];
  const count = env().SEED_PROMPT_COUNT;
  const rows = await tx.prompt.findMany({
    where: { promptSetId: board.promptSetId, arena: false },
    select: { id: true, index: true, text: true, category: true, truth: true },
    orderBy: { index: "asc" },
    take: DEMO_PROMPTS,
  });
  return rows
    .filter(({ index }, place) => place < FEWEST_PROMPTS || count === undefined || index < count)
    .map((row) => ({ ...row, truth: captionTruthSchema.nullable().parse(row.truth) }));
}
