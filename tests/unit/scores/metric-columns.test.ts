import { expect, test } from "vitest";
import { metricColumns, type CellScore } from "@/lib/scores/metric-columns";

const score = (protocolHash: string, n: number, more: Partial<CellScore> = {}): CellScore => ({
  metric: "fd",
  protocolHash,
  protocol: { metric: "fd", encoder: "e@1", preprocessing: "p", samples: n, reference: "r" },
  n,
  promptsHash: "",
  createdAt: new Date(n),
  ...more,
});

test("a column is of the protocol that most models have a score under; the others are marked", () => {
  const { columns, cells } = metricColumns([[score("a", 100)], [score("b", 99)], [score("a", 100)]]);
  expect(columns.get("fd")).toMatchObject({ protocolHash: "a", models: 3, comparable: 2, apart: { n: 99 } });
  expect(cells.map((cell) => cell.get("fd")?.isComparable)).toEqual([true, false, true]);
});

test("scores over common prompts are taken where they let more models be compared, and not else", () => {
  const common = score("c", 98, { promptsHash: "x" });
  const some = metricColumns([[score("a", 100), common], [score("b", 98), common], []]);
  expect(some.columns.get("fd")).toMatchObject({ protocolHash: "c", models: 2, comparable: 2, apart: null });
  expect(some.cells[2].size).toBe(0);
  // Equally many either way: the larger n.
  const whole = metricColumns([
    [score("a", 100), common],
    [score("a", 100), common],
  ]);
  expect(whole.columns.get("fd")).toMatchObject({ protocolHash: "a", comparable: 2 });
});

test("of protocols that all have, the newer stands; a model outside shows its newest score of all samples", () => {
  const old = score("old", 100, { createdAt: new Date(1) });
  const fresh = score("new", 100, { createdAt: new Date(2) });
  const both = metricColumns([
    [old, fresh],
    [old, fresh],
  ]);
  expect(both.columns.get("fd")?.protocolHash).toBe("new");
  const limited = score("limited", 10, { promptsHash: "y", createdAt: new Date(9) });
  const { cells } = metricColumns([
    [old, fresh],
    [old, fresh],
    [score("z", 50), limited],
  ]);
  expect(cells[2].get("fd")).toMatchObject({ score: { n: 50 }, isComparable: false });
});
