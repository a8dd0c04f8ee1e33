/** What a link to a board can say: everything but the category, which the server answers. */
export type TableState = {
  sort: { id: string; desc: boolean };
  query: string;
  openWeights: "yes" | "no" | null;
  paradigm: string | null;
  /** Columns to show, in the table's own order; null: the usual ones. */
  columns: string[] | null;
};

export const DEFAULT_STATE: TableState = {
  sort: { id: "rank", desc: false },
  query: "",
  openWeights: null,
  paradigm: null,
  columns: null,
};

/** Shown unless the link says otherwise. */
const HIDDEN_AT_FIRST = new Set([
  "creator",
  "withJudge",
  "winRate",
  "pricePerMegapixel",
  "architecture",
  "released",
  "representation",
  "textConditioning",
  "elo",
]);

/** Of a judge's columns only its main rubric is shown at first: four a judge would crowd the rest out. */
const OTHER_RUBRICS = /^judge:[^:]*:(?!viescore@)/;

/** Whether a column is shown in this state. */
export function isShown(id: string, state: TableState): boolean {
  return state.columns ? state.columns.includes(id) : !HIDDEN_AT_FIRST.has(id) && !OTHER_RUBRICS.test(id);
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
    paradigm: params.get("paradigm") || null,
    columns: columns === null ? null : columns.split(".").filter(Boolean),
  };
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
  set("paradigm", state.paradigm);
  set("cols", state.columns === null ? null : state.columns.join(".") || "none");
  return params.toString();
}
