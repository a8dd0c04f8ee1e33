import type { Protocol } from "@/lib/metrics/protocol";

/** A score that could stand in a model's cell. */
export interface CellScore {
  metric: string;
  protocolHash: string;
  protocol: Protocol;
  n: number;
  /** Limited to prompts that several models have; "": every sample of its run. */
  promptsHash: string;
  createdAt: Date;
}

/** What the scores of a column have in common. */
export interface MetricColumn<S extends CellScore> {
  protocolHash: string;
  /** The score that it was taken from. */
  example: S;
  /** How many models have a score of this metric, and how many of them under this protocol. */
  models: number;
  comparable: number;
  /** The first model's score that is of another protocol; null when there is none. */
  apart: S | null;
}

/**
 * What a board shows of each metric: the protocol that most models have a score under (of equals that of more samples, then
 * the newer one), and for each model its score under it. A model that has none shows its newest score of all its samples, which
 * is compared with nothing.
 * @param scores of each model, one list a model
 */
export function metricColumns<S extends CellScore>(
  scores: S[][],
): { columns: Map<string, MetricColumn<S>>; cells: Map<string, { score: S; isComparable: boolean }>[] } {
  const columns = new Map<string, MetricColumn<S>>();
  for (const metric of new Set(scores.flat().map((score) => score.metric))) {
    const having = scores.map((own) => own.filter((score) => score.metric === metric));
    const protocols = new Map<string, { example: S; comparable: number }>();
    for (const own of having) {
      for (const score of own) {
        const known = protocols.get(score.protocolHash);
        if (!known) protocols.set(score.protocolHash, { example: score, comparable: 1 });
        else {
          known.comparable++;
          if (score.createdAt > known.example.createdAt) known.example = score;
        }
      }
    }
    const [[protocolHash, { example, comparable }]] = [...protocols].sort(
      ([, a], [, b]) =>
        b.comparable - a.comparable ||
        b.example.n - a.example.n ||
        b.example.createdAt.getTime() - a.example.createdAt.getTime() ||
        (a.example.protocolHash < b.example.protocolHash ? -1 : 1),
    );
    const models = having.filter((own) => own.length > 0).length;
    columns.set(metric, { protocolHash, example, models, comparable, apart: null });
  }
  const cells = scores.map((own) => {
    const cells = new Map<string, { score: S; isComparable: boolean }>();
    for (const [metric, column] of columns) {
      const under = own.find(({ protocolHash }) => protocolHash === column.protocolHash);
      const score = under ?? newestOf(own.filter((each) => each.metric === metric));
      if (!score) continue;
      cells.set(metric, { score, isComparable: under !== undefined });
      if (!under) column.apart ??= score;
    }
    return cells;
  });
  return { columns, cells };
}

/** A score of every sample before one of some prompts, then the newest. */
function newestOf<S extends CellScore>(scores: S[]): S | undefined {
  return [...scores].sort(
    (a, b) =>
      Number(a.promptsHash !== "") - Number(b.promptsHash !== "") ||
      b.createdAt.getTime() - a.createdAt.getTime(),
  )[0];
}
