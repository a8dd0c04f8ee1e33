import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";

/** Ids of a board's prompt sets, its first one first. */
export async function promptSetsOf(board: { id: string; promptSetId: string }, tx: Tx): Promise<string[]> {
  const further = await tx.boardPromptSet.findMany({
    where: { boardId: board.id },
    orderBy: { position: "asc" },
    select: { promptSetId: true },
  });
  return [board.promptSetId, ...further.map(({ promptSetId }) => promptSetId)];
}

/**
 * One of a board's prompt sets.
 * @param slug its slug; not given: the first
 * @throws SalonError "not_found" for a set that the board does not have
 */
export async function promptSetOf(
  board: { id: string; name: string; promptSetId: string },
  slug: string | undefined,
  tx: Tx,
): Promise<string> {
  if (slug === undefined) return board.promptSetId;
  const set = await tx.promptSet.findFirst({ where: { AND: [ofBoard(board.id), { slug }] } });
  if (set !== null) return set.id;
  throw new SalonError("not_found", `${board.name} has no prompt set ${JSON.stringify(slug)}.`, {
    field: "set",
  });
}

/** SQL: whether a prompt set is one of those of the board in the row with this alias. @param set the column with the set's id */
export const isSetOf = (set: Prisma.Sql, alias: "b" | "other" = "b"): Prisma.Sql => {
  const board = Prisma.raw(alias);
  return Prisma.sql`(${set} = ${board}.prompt_set_id or exists (
    select from board_prompt_sets f where f.board_id = ${board}.id and f.prompt_set_id = ${set}))`;
};

/** Boards that one of these prompt sets belongs to. */
export const overSets = (promptSetIds: string[]) =>
  ({
    OR: [
      { promptSetId: { in: promptSetIds } },
      { furtherPromptSets: { some: { promptSetId: { in: promptSetIds } } } },
    ],
  }) satisfies Prisma.BoardWhereInput;

/** Prompt sets of a board. */
export const ofBoard = (boardId: string) =>
  ({
    OR: [{ boards: { some: { id: boardId } } }, { furtherOf: { some: { boardId } } }],
  }) satisfies Prisma.PromptSetWhereInput;

/** Prompt sets of any board. */
export const ofAnyBoard = {
  OR: [{ boards: { some: {} } }, { furtherOf: { some: {} } }],
} satisfies Prisma.PromptSetWhereInput;
