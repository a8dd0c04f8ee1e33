/** One line of an export: what it is, and its fields. */
export type ExportRecord = { kind: string } & Record<string, unknown>;

/** A page of findMany. */
const PAGE = { orderBy: { id: "asc" }, take: 1_000 } as const;

/**
 * Rows in the order of their ids, so many at a time however many there are.
 * @param read a page of those whose id is greater than the given one, "" for the first
 */
export async function* pagesOf<Row extends { id: string | bigint }>(
  read: (after: string, page: typeof PAGE) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let after = ""; ;) {
    const rows = await read(after, PAGE);
    yield* rows;
    if (rows.length < PAGE.take) return;
    after = String(rows[rows.length - 1].id);
  }
}
