import type { Tx } from "@/lib/db/client";
import { enhancerCardSchema, weightsOf } from "@/lib/schemas/stack/bundled-card";
import type { StackView } from "@/lib/schemas/stack/stack-page";
import { ENHANCER, TERSE_PROMPTS, WRITING_SEED, WRITING_STEPS } from "@/lib/demos/demo-content";

/** The prompt enhancer's card and what it made of the terse prompts; null where there is none. */
export async function readDemoTexts(tx: Tx): Promise<StackView["enhancer"]> {
  const row = await tx.backendCard.findUnique({ where: { id: ENHANCER } });
  const parsed = enhancerCardSchema.safeParse(row?.card);
  if (!parsed.success) return null;
  const texts = await tx.demoText.findMany({
    where: { weights: weightsOf(parsed.data), seed: WRITING_SEED },
  });
  return {
    card: parsed.data,
    rows: TERSE_PROMPTS.map((prompt) => ({
      prompt,
      texts: WRITING_STEPS.map((steps) => ({
        steps,
        text: texts.find((each) => each.prompt === prompt && each.steps === steps)?.text ?? null,
      })),
    })),
  };
}
