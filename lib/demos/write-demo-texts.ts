import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { enhancePrompt, fetchBundledCard } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { enhancerCardSchema, weightsOf } from "@/lib/schemas/stack/bundled-card";
import { ENHANCER, TERSE_PROMPTS, WRITING_SEED, WRITING_STEPS } from "@/lib/demos/demo-content";

/**
 * Keep the prompt enhancer's card, and have it write out the terse prompts that it has not yet. A backend without one leaves
 * everything as it is.
 * @throws SalonError not_ready (retryable) while the backend is away or busy
 */
export async function writeDemoTexts({
  db,
  client,
  signal,
}: {
  db: Db;
  client: GuardedClient;
  signal: AbortSignal;
}): Promise<void> {
  const json = await fetchBundledCard(ENHANCER, client, signal).catch((error: unknown) => {
    if (error instanceof SalonError && !error.retryable) return null;
    throw error;
  });
  if (json === null) return;
  const weights = weightsOf(enhancerCardSchema.parse(json));
  await db.backendCard.upsert({
    where: { id: ENHANCER },
    create: { id: ENHANCER, card: json },
    update: { card: json },
  });
  for (const prompt of TERSE_PROMPTS) {
    for (const steps of WRITING_STEPS) {
      signal.throwIfAborted();
      const place = { weights, prompt, steps, seed: WRITING_SEED };
      if ((await db.demoText.count({ where: place })) > 0) continue;
      const text = await enhancePrompt(
        { model: ENHANCER, prompt, steps, seed: WRITING_SEED },
        client,
        signal,
      );
      await db.demoText.createMany({ data: [{ ...place, text }], skipDuplicates: true });
    }
  }
}
