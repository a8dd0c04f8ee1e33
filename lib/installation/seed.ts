import { readBundledBoards } from "@/lib/installation/bundled-boards";
import { isThere, seedBoard } from "@/lib/installation/seed-board";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { seedReferenceSet } from "@/lib/references/seed-reference-set";
import { enqueue } from "@/lib/queue/enqueue";

/**
 * Bring a database up to what Salon ships: the first board of the bundled models with its prompts, the reference statistics, and a
 * job that registers the bundled models and brings their other boards. Changes nothing that is there already; safe to repeat.
 * @returns a line for each thing that was new
 */
export async function seed(db: Db): Promise<string[]> {
  const boards = await readBundledBoards();
  return inTransaction(async (tx) => {
    // Two starts at once seed one after the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:seed', 0))`;
    const lines: string[] = [];
    for (const board of boards) {
      if (board.isFirst || (await isThere(board, tx)) === true) lines.push(...(await seedBoard(board, tx)));
    }
    const references = await seedReferenceSet(tx);
    if (env().SEED_BUNDLED_MODELS) {
      await enqueue("register-bundled-models", {}, { key: "register-bundled-models" }, tx);
    }
    // Ratings follow what this version of Salon makes of the votes that are there already.
    for (const { id } of await boardsWithVotes(tx)) await requestRefit(id, tx);
    return [...lines, ...references];
  }, db);
}

function boardsWithVotes(tx: Tx): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    select b.id from boards b where exists (select from rating_events e where e.board_id = b.id)`;
}
