import type { Tx } from "@/lib/db/client";

/** The ids of sets' prompts, set by set in their order, so many at a time: the order in which long tables are read without holding them. */
export async function* promptPages(
  promptSetIds: readonly string[],
  size: number,
  tx: Tx,
): AsyncGenerator<string[], void, undefined> {
  for (const promptSetId of promptSetIds) yield* pagesOfSet(promptSetId, size, tx);
}

async function* pagesOfSet(
  promptSetId: string,
  size: number,
  tx: Tx,
): AsyncGenerator<string[], void, undefined> {
  for (let after = -1; ;) {
    const prompts = await tx.prompt.findMany({
      where: { promptSetId, index: { gt: after } },
      orderBy: { index: "asc" },
      take: size,
      select: { id: true, index: true },
    });
    const last = prompts.at(-1);
    if (last === undefined) return;
    yield prompts.map(({ id }) => id);
    after = last.index;
  }
}
