import { createBoard } from "@/lib/board-settings/create-board";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import type { BundledBoard, BundledPrompt } from "@/lib/installation/bundled-boards";
import { contentHash } from "@/lib/prompt-files/content-hash";
import { boardCreation } from "@/lib/schemas/boards";

/** Whether a bundled board is there already; "taken": its slug is another board's, which the site's models have no business on. */
export async function isThere({ settings: { slug } }: BundledBoard, tx: Tx): Promise<boolean | "taken"> {
  const board = await tx.board.findUnique({ where: { slug }, select: { siteDefaults: true } });
  return board === null ? false : board.siteDefaults || "taken";
}

/**
 * A bundled board with its prompts. Changes nothing that is there already; safe to repeat.
 * @returns a line for each thing that was new
 */
export async function seedBoard(board: BundledBoard, tx: Tx): Promise<string[]> {
  const { settings, promptSet } = board;
  const { id, name, prompts } = promptSet;
  const set = await tx.promptSet.upsert({
    where: { slug: id },
    create: { id: newId("promptSet"), slug: id, name, listed: true },
    update: {},
  });
  const added = await addPrompts(set.id, prompts, tx);
  const isNew = !(await isThere(board, tx));
  const whole = boardCreation.parse({ ...settings, promptSet: set.slug });
  if (isNew) await createBoard({ settings: whole, by: "operator", siteDefaults: true }, tx);
  return [
    ...(isNew ? [`Added the ${settings.slug} board.`] : []),
    ...(added > 0 ? [`Added ${added} prompts of the ${id} set.`] : []),
  ];
}

/** One statement: a thousand rows through the ORM take a slow machine seconds. What an earlier version of Salon stored gets its hashes. */
async function addPrompts(promptSetId: string, prompts: BundledPrompt[], tx: Tx): Promise<number> {
  const rows = JSON.stringify(
    prompts.map((prompt) => {
      const [key, { text, truth }] = [String(prompt.index), prompt];
      const hash = contentHash({ key, text, negativePrompt: null, sources: [], truth });
      return { id: newId("prompt"), ...prompt, key, hash };
    }),
  );
  const added = await tx.$executeRaw`
    insert into prompts (id, prompt_set_id, index, key, text, category, arena, truth, content_hash, created_at)
    select id, ${promptSetId}, index, key, text, category, arena, truth, hash, now()
    from jsonb_to_recordset(${rows}::jsonb)
      as p (id text, index int, key text, text text, category text, arena boolean, truth jsonb, hash text)
    on conflict (prompt_set_id, index) do nothing`;
  await tx.$executeRaw`
    update prompts p set content_hash = known.hash
    from jsonb_to_recordset(${rows}::jsonb) as known (key text, text text, hash text)
    where p.prompt_set_id = ${promptSetId} and p.key = known.key and p.text = known.text and p.content_hash is null`;
  return added;
}
