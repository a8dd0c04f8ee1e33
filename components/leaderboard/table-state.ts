/** What a link to a board can say: everything but the category, which the server answers. */
export type TableState = {
  sort: { id: string; desc: boolean };
  query: string;
  openWeights: "yes" | "no" | null;
  licence: string | null;
  paradigm: string | null;
  /** US dollars for a thousand images at most. */
  maxPrice: number | null;
  /** Seconds for an image at most. */
  maxLatency: number | null;
  /** Parameters of the network at most. */
  maxSize: number | null;
  /** Columns to show, in the table's own order; null: the usual ones. */
  columns: string[] | null;
};

export const DEFAULT_STATE: TableState = {
  sort: { id: "rank", desc: false },
  query: "",
  openWeights: null,
  licence: null,
  paradigm: null,
  maxPrice: null,
  maxLatency: null,
  maxSize: null,
  columns: null,
};

/** How many columns are shown unless the link says otherwise: as many as a laptop's screen holds beside a readable bar. */
const USUAL = 6;
/** What is shown first, where a board has it; a metric stands for each place of one. */
const PREFERRED = ["rank", "model", "rating", "metric", "pricePer1k", "latency", "votes", "openWeights", "metric", "paradigm"]; // prettier-ignore

/**
 * The columns that are shown unless the link says otherwise: of those with a value in any row the ones that most people choose by.
 * @param filled the ids of columns that any row has a value in
 * @param metrics of the measured columns, the most telling first
 */
export function usualColumns(filled: ReadonlySet<string>, metrics: readonly string[]): Set<string> {
  const measured = metrics.filter((name) => filled.has(name));
  const chosen: string[] = [];
  for (const id of PREFERRED) {
    const column = id === "metric" ? measured.shift() : filled.has(id) ? id : undefined;
    if (column !== undefined) chosen.push(column);
  }
  return new Set(chosen.slice(0, USUAL));
}

/** Whether a column is shown in this state: what the table is sorted by always is, unless the link names its columns. */
export function isShown(id: string, state: TableState, usual: ReadonlySet<string>): boolean {
  return state.columns ? state.columns.includes(id) : usual.has(id) || state.sort.id === id;
}

/** What leaves models out, the search for words aside. */
export const FILTERS = [
  "openWeights",
  "licence",
  "paradigm",
  "maxPrice",
  "maxLatency",
  "maxSize",
] as const satisfies (keyof TableState)[];

/** So many rows are shown, and come with the page, before the reader asks for all. */
export const FIRST_ROWS = 100;

/** Whether a state shows the board as it is, the best first, whatever the columns. */
export function isAsRanked(state: TableState): boolean {
  const { sort, query } = state;
  return countFilters(state) === 0 && query.trim() === "" && sort.id === "rank" && !sort.desc;
}

/** How many filters are set, the search for words aside. */
export function countFilters(state: TableState): number {
  return FILTERS.filter((name) => state[name] !== null).length;
}

type Params = { get(name: string): string | null };

/** A link's query as a table state; whatever it does not understand it leaves at the default. */
export function parseTableState(params: Params): TableState {
  const sort = params.get("sort");
  const open = params.get("open");
  const columns = params.get("cols");
  return {
    sort: sort ? { id: sort.replace(/^-/, ""), desc: sort.startsWith("-") } : DEFAULT_STATE.sort,
    query: params.get("q") ?? "",
    openWeights: open === "yes" || open === "no" ? open : null,
    licence: params.get("licence") || null,
    paradigm: params.get("paradigm") || null,
    maxPrice: limit(params.get("price")),
    maxLatency: limit(params.get("latency")),
    maxSize: limit(params.get("size")),
    columns: columns === null ? null : columns.split(".").filter(Boolean),
  };
}

/** A number that is not negative; null for whatever else. */
function limit(text: string | null): number | null {
  const value = text ? Number(text) : NaN;
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** The shortest query that parses back to this state. Keys of others, such as category, are kept from `base`. */
export function writeTableState(state: TableState, base = ""): string {
  const params = new URLSearchParams(base);
  const set = (name: string, value: string | null) => {
    if (value) params.set(name, value);
    else params.delete(name);
  };
  const { id, desc } = state.sort;
  set("sort", id === "rank" && !desc ? null : `${desc ? "-" : ""}${id}`);
  set("q", state.query.trim());
  set("open", state.openWeights);
  set("licence", state.licence);
  set("paradigm", state.paradigm);
  set("price", state.maxPrice === null ? null : String(state.maxPrice));
  set("latency", state.maxLatency === null ? null : String(state.maxLatency));
  set("size", state.maxSize === null ? null : String(state.maxSize));
  set("cols", state.columns === null ? null : state.columns.join(".") || "none");
  return params.toString();
}
