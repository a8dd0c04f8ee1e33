import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { captionTruthSchema, type CaptionTruth } from "@/lib/schemas/scene";
import { DEMO_PROMPTS, STRIP_PROMPTS } from "@/lib/stack/exhibits";

export type DemoPromptRow = {
  id: string;
  index: number;
  text: string;
  category: string;
  truth: CaptionTruth | null;
};

/** The strips' prompts and all before them. */
const FEWEST = Math.max(...STRIP_PROMPTS) + 1;

/** The bundled board's first prompts; only what the strips need where SEED_PROMPT_COUNT asks for a small installation. */
export async function readDemoPrompts(tx: Tx): Promise<DemoPromptRow[]> {
  const board = await tx.board.findUnique({
    where: { slug: "text-to-image" },
    select: { promptSetId: true },
  });
  if (board === null) return [];
  const rows = await tx.prompt.findMany({
    where: { promptSetId: board.promptSetId },
    select: { id: true, index: true, text: true, category: true, truth: true },
    orderBy: { index: "asc" },
    take: Math.max(FEWEST, Math.min(DEMO_PROMPTS, env().SEED_PROMPT_COUNT ?? DEMO_PROMPTS)),
  });
  return rows.map((row) => ({ ...row, truth: captionTruthSchema.nullable().parse(row.truth) }));
}
