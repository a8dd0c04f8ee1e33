import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createBoard } from "@/lib/board-settings/create-board";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { contentHash } from "@/lib/prompt-files/content-hash";
import { seedReferenceSet } from "@/lib/references/seed-reference-set";
import { enqueue } from "@/lib/queue/enqueue";
import { boardCreation, type BoardCreationInput } from "@/lib/schemas/boards";
import { toyboxPromptSetSchema, type ToyboxPrompt } from "@/lib/schemas/stack/scene";

const PROMPTS = fileURLToPath(new URL("./data/toybox-v1.json", import.meta.url));

/** The bundled models' board. */
const TOYBOX = {
  slug: "text-to-image",
  name: "Text to image",
  description: "One image from a caption. Prompts are scenes of the Toybox world.",
  criteria: ["aesthetics", "prompt_following"],
  size: "64x64",
  seenBy: "everyone",
  votedBy: "everyone",
  submittedBy: "everyone",
  livePrompts: true,
} satisfies Partial<BoardCreationInput>;

/**
 * Bring a database up to what Salon ships: the text-to-image board, its prompts, the reference statistics, and a
 * job that registers the bundled models. Changes nothing that is there already; safe to repeat.
 * @returns a line for each thing that was new
 */
export async function seed(db: Db): Promise<string[]> {
  const set = toyboxPromptSetSchema.parse(JSON.parse(await readFile(PROMPTS, "utf8")));
  return inTransaction(async (tx) => {
    // Two starts at once seed one after the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:seed', 0))`;
    const promptSet = await tx.promptSet.upsert({
      where: { slug: set.id },
      create: { id: newId("promptSet"), slug: set.id, name: "Toybox", listed: true },
      update: {},
    });
    const added = await addPrompts(promptSet.id, set.prompts, tx);
    const isNew = (await tx.board.count({ where: { slug: TOYBOX.slug } })) === 0;
    const settings = boardCreation.parse({ ...TOYBOX, promptSet: promptSet.slug });
    if (isNew) await createBoard({ settings, by: "operator", siteDefaults: true }, tx);
    const references = await seedReferenceSet(tx);
    if (env().SEED_BUNDLED_MODELS) {
      await enqueue("register-bundled-models", {}, { key: "register-bundled-models" }, tx);
    }
    // Ratings follow what this version of Salon makes of the votes that are there already.
    for (const { id } of await boardsWithVotes(tx)) await requestRefit(id, tx);
    return [
      ...(isNew ? ["Added the text-to-image board."] : []),
      ...(added > 0 ? [`Added ${added} prompts of the ${set.id} set.`] : []),
      ...references,
    ];
  }, db);
}

function boardsWithVotes(tx: Tx): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    select b.id from boards b where exists (select from rating_events e where e.board_id = b.id)`;
}

/** One statement: a thousand rows through the ORM take a slow machine seconds. What an earlier version of Salon stored gets its hashes. */
async function addPrompts(promptSetId: string, prompts: ToyboxPrompt[], tx: Tx): Promise<number> {
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
