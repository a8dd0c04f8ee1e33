import { db, type Tx } from "@/lib/db/client";
import type { Asker } from "@/lib/models/visibility";
import { headOf, writePrompt, type ExportFormat } from "@/lib/prompt-files/write-prompts";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";

const BATCH = 1_000;

/**
 * A set's prompts as CSV or JSON lines, in their order; importing them gives the same content hashes.
 * @returns pieces of text, read as they are asked for
 * @throws SalonError not_found
 */
export async function exportPromptSet(
  ask: { slug: string; by: Asker; format: ExportFormat },
  tx: Tx = db(),
): Promise<AsyncGenerator<string>> {
  const { id } = await findPromptSet(ask, tx);
  return piecesOf(id, ask.format, tx);
}

async function* piecesOf(promptSetId: string, format: ExportFormat, tx: Tx): AsyncGenerator<string> {
  yield headOf(format);
  for (let from = 0; ;) {
    const rows = await tx.prompt.findMany({
      where: { promptSetId, index: { gte: from } },
      orderBy: { index: "asc" },
      take: BATCH,
    });
    if (rows.length === 0) return;
    yield rows.map((row) => writePrompt(row, format)).join("");
    from = rows[rows.length - 1].index + 1;
  }
}
