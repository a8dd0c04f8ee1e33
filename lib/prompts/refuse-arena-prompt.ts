import { ofAnyBoard } from "@/lib/boards/board-prompts";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/** Words that change nothing of what is drawn. */
const EMPTY_WORDS = new Set(["a", "an", "the", "on", "of", "and", "with", "in", "at"]);

/** A prompt's words that count, in no order, so that rewording it trivially does not hide it. */
function contentWords(prompt: string): string {
  const words =
    prompt
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? [];
  return words
    .filter((word) => !EMPTY_WORDS.has(word))
    .map((word) => word.replace(/s$/, ""))
    .sort()
    .join(" ");
}

/**
 * Refuse to draw a prompt under the models' names while it is in an arena: whoever has each model's image of it tells the two
 * sides of a battle apart by which is nearer.
 * @throws SalonError invalid_request
 */
export async function refuseArenaPrompt(prompt: string, tx: Tx = db()): Promise<void> {
  const wanted = contentWords(prompt);
  const arena = await tx.prompt.findMany({
    where: { arena: true, promptSet: ofAnyBoard },
    select: { text: true },
  });
  if (!arena.some(({ text }) => contentWords(text) === wanted)) return;
  throw new SalonError(
    "invalid_request",
    "This prompt is in the arena, where models' names stay hidden until the vote. Change it, and it will be drawn.",
    { field: "prompt" },
  );
}
