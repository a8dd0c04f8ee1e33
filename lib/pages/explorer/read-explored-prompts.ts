import { promptSetOf, promptSetsOf } from "@/lib/boards/board-prompts";
import { findBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { markedSamples } from "@/lib/pages/explorer/sample-marks";
import type { ExploredPrompts, PromptSearch } from "@/lib/schemas/explorer";

const PAGE = 24;
/** A mark is looked up in every model's sample of a prompt: of so few prompts at a time. */
const PAGE_OF_MARKED = 12;
/** Prompts that one page looks at: words that few have must not read a whole set. */
const WINDOW = 5_000;

interface Row {
  promptId: string;
  text: string;
  category: string;
  index: number;
}

/**
 * A page of a board's prompts outside the arena, whose samples may be shown with names: of one of its prompt sets, in the set's order. Of
 * a board that not everyone sees there are none, as on the comparison of models.
 * @param search.after `next` of the page before
 * @throws SalonError "not_found" for an unknown board, or a set that it does not have
 */
export async function readExploredPrompts(
  search: { board: string } & PromptSearch,
  tx: Tx = db(),
): Promise<ExploredPrompts> {
  const board = await findBoard(search.board, tx);
  const setId = await promptSetOf(board, search.set, tx);
  const ids = await promptSetsOf(board, tx);
  const known = await tx.promptSet.findMany({
    where: { id: { in: ids } },
    select: { id: true, slug: true, name: true },
  });
  const sets = ids.flatMap((id) => known.find((set) => set.id === id) ?? []);
  const facts = {
    promptSet: sets.find(({ id }) => id === setId)!.slug,
    promptSets: sets.map(({ slug, name }) => ({ slug, name })),
  };
  if (board.seenBy !== "EVERYONE") return { ...facts, categories: [], prompts: [], looked: 0, next: null };
  const categories = await tx.$queryRaw<{ category: string }[]>`
    select distinct category from prompts
    where prompt_set_id = ${setId} and not arena and erased_at is null order by 1`;
  const page = await readPage({ boardId: board.id, setId, search }, tx);
  return { ...facts, categories: categories.map(({ category }) => category), ...page };
}

type Of = { boardId: string; setId: string; search: PromptSearch };

async function readPage(
  { boardId, setId, search }: Of,
  tx: Tx,
): Promise<Pick<ExploredPrompts, "prompts" | "looked" | "next">> {
  const { q, category, only, after } = search;
  const size = only === undefined ? PAGE : PAGE_OF_MARKED;
  const looked = Prisma.sql`
    select id, text, category, index, arena, erased_at from prompts
    where prompt_set_id = ${setId} and index > ${after ?? -1} order by index`;
  const found = await tx.$queryRaw<Row[]>`
    select id as "promptId", text, category, index from (${looked} limit ${WINDOW}) p
    where not arena and erased_at is null
      and (${category ?? null}::text is null or category = ${category ?? null})
      and (${q ?? null}::text is null or position(lower(${q ?? ""}) in lower(text)) > 0)
    order by index limit ${size + 1}`;
  const rows = found.slice(0, size);
  const next = found.length > size ? rows[size - 1].index : await lastOf(looked, tx);
  const marked = only && (await promptsWith({ only, boardId, rows }, tx));
  const prompts = rows
    .filter(({ promptId }) => marked === undefined || marked.has(promptId))
    .map(({ index: _, ...prompt }) => prompt);
  return { prompts, looked: rows.length, next };
}

/** Where a page that was looked through to its end goes on; null: that was the set's last prompt. */
async function lastOf(looked: Prisma.Sql, tx: Tx): Promise<number | null> {
  const [last] = await tx.$queryRaw<{ index: number }[]>`
    select index from (${looked} limit 1 offset ${WINDOW - 1}) last`;
  return last?.index ?? null;
}

async function promptsWith(
  { only, boardId, rows }: { only: NonNullable<PromptSearch["only"]>; boardId: string; rows: Row[] },
  tx: Tx,
): Promise<Set<string>> {
  const promptIds = rows.map(({ promptId }) => promptId);
  const marked = await tx.$queryRaw<{ promptId: string }[]>`
    select distinct marked.prompt_id as "promptId" from (${markedSamples(only, { boardId, promptIds })}) marked
    where exists (select from board_models x join models m on m.id = x.model_id
      where x.board_id = ${boardId} and x.model_id = marked.model_id and x.state = 'MEMBER'
        and m.listed and m.hidden_at is null and m.removed_at is null)`;
  return new Set(marked.map(({ promptId }) => promptId));
}
