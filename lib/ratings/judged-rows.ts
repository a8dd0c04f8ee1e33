import type { Connectivity } from "./connectivity";
import { scoreOf } from "./outcome";
import type { Outcome } from "./outcome";
import type { PairTable } from "./pair-counts";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";

/** A battle that a judge scored: `judge` is its score of a in [0, 1] (0.5 for a tie). */
export interface JudgedPair {
  a: string;
  b: string;
  judge: number;
  prompt?: string;
}

/** A battle with a person's vote; `judge` is null where the judge has not spoken. */
export interface LabelledPair extends Omit<JudgedPair, "judge"> {
  judge: number | null;
  outcome: Outcome;
  voter?: string;
}

/** One row of either kind: a contrast of two models with what it adds to the gradient. */
export interface Rows {
  /** Row of the pair table. */
  pair: Int32Array;
  /** 1 where the row's a is the table's a, -1 where it is its b. */
  sign: Int8Array;
  /** Score of the table's a by the person (NaN: judge alone) and by the judge (NaN: not used). */
  person: Float64Array;
  judge: Float64Array;
  /** Of the judge's part: -1 beside a vote, n_c / N_c alone. */
  weight: Float64Array;
}

type Source = { voter?: string; prompt?: string };

/** People's rows first, then the judge's; verdicts on pairs that only one of the two spoke of are dropped. */
export function rowsOf(
  labelled: readonly LabelledPair[],
  judgeOnly: readonly JudgedPair[],
  table: PairTable,
  graph: Connectivity,
): { rows: Rows; sources: Source[]; both: number; alone: number } {
  const index = new Map(table.models.map((model, i) => [model, i]));
  const n = table.models.length;
  const pairs = new Map(Array.from(table.a, (a, row) => [a * n + table.b[row], row]));
  const place = ({ a, b }: { a: string; b: string }) => {
    const [i, j] = [index.get(a)!, index.get(b)!];
    return i < j
      ? { pair: pairs.get(i * n + j) ?? -1, sign: 1 }
      : { pair: pairs.get(j * n + i) ?? -1, sign: -1 };
  };
  const both = new Float64Array(table.a.length);
  const alone = new Float64Array(table.a.length);
  for (const row of labelled) if (row.judge !== null) both[place(row).pair]++;
  for (const row of judgeOnly) if (place(row).pair >= 0) alone[place(row).pair]++;
  // Across strongly connected groups every vote went one way: there is nothing to correct.
  const isUsed = (pair: number) =>
    pair >= 0 &&
    both[pair] > 0 &&
    alone[pair] > 0 &&
    graph.group[table.a[pair]] === graph.group[table.b[pair]];
  const kept = judgeOnly.filter((row) => isUsed(place(row).pair));
  const all: (LabelledPair | JudgedPair)[] = [...labelled, ...kept];
  const places = all.map(place);
  const ofTableA = (k: number, score: number) => (places[k].sign === 1 ? score : 1 - score);
  const rows: Rows = {
    pair: Int32Array.from(places, ({ pair }) => pair),
    sign: Int8Array.from(places, ({ sign }) => sign),
    person: Float64Array.from(all, (_, k) =>
      k < labelled.length ? ofTableA(k, scoreOf(labelled[k].outcome)) : NaN,
    ),
    judge: Float64Array.from(all, (row, k) =>
      row.judge === null || !isUsed(places[k].pair) ? NaN : ofTableA(k, row.judge),
    ),
    weight: Float64Array.from(all, (_, k) =>
      k < labelled.length ? -1 : both[places[k].pair] / alone[places[k].pair],
    ),
  };
  const spoken = labelled.filter((row, k) => row.judge !== null && isUsed(places[k].pair)).length;
  return { rows, sources: all, both: spoken, alone: kept.length };
}

/** Labels numbered from 0; a row without one is a cluster of its own. */
export function numbered(sources: readonly Source[], label: ClusterLabel): Int32Array {
  const ids = new Map<string, number>();
  let next = 0;
  return Int32Array.from(sources, (source) => {
    const name = source[label];
    if (name === undefined) return next++;
    let id = ids.get(name);
    if (id === undefined) ids.set(name, (id = next++));
    return id;
  });
}
