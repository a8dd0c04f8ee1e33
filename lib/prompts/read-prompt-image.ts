import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { DERIVATIVE_TYPE, readDerivative, type DerivativeSize } from "@/lib/media/image-derivative";
import type { Asker } from "@/lib/models/visibility";
import { maySeePromptSet } from "@/lib/prompts/find-prompt-set";
import { PROMPT_PART } from "@/lib/prompts/prompt-images";

/**
 * An image that a prompt edits or animates, or that shows what was wanted, re-encoded. Who may see the prompt set may see it.
 * @param ask.part "reference", or "source-0" and on
 * @throws SalonError not_found
 */
export async function readPromptImage(
  ask: { promptId: string; part: string; by: Asker; size?: DerivativeSize },
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string; isPublic: boolean }> {
  const prompt = await tx.prompt.findUnique({
    where: { id: ask.promptId },
    select: {
      sourceArtifacts: true,
      referenceArtifact: true,
      promptSet: { select: { ownerId: true, listed: true } },
    },
  });
  const [, part, source] = PROMPT_PART.exec(ask.part) ?? [];
  const sha256 = part === "reference" ? prompt?.referenceArtifact : prompt?.sourceArtifacts[Number(source)];
  if (!prompt || !sha256 || !maySeePromptSet(prompt.promptSet, ask.by)) {
    throw new SalonError("not_found", "There is no such image.");
  }
  return {
    bytes: await readDerivative(sha256, ask.size),
    mediaType: DERIVATIVE_TYPE,
    isPublic: prompt.promptSet.listed,
  };
}
