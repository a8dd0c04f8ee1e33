import { describe, expect, it } from "vitest";
import { accuracyWithoutTies, cohensKappa, type JudgedVote } from "@/lib/rubrics/report/agreement";
import { leaveVendorOut } from "@/lib/rubrics/report/leave-vendor-out";
import { firstPlaceRate, orderFlipRate } from "@/lib/rubrics/report/order-flips";
import { judgeStanding, type JudgeMeasures } from "@/lib/rubrics/report/standing";
import { seededRandom } from "@/lib/numerics/random";

const votes = (cells: [JudgedVote["outcome"], number, number][]): JudgedVote[] =>
  cells.flatMap(([outcome, judge, count], cell) =>
    Array.from({ length: count }, (_, k) => ({ outcome, judge, prompt: `${cell}-${k}` })),
  );

describe("agreement of a judge with people", () => {
  it("leaves ties of either side out of the accuracy", () => {
    const figure = accuracyWithoutTies(
      votes([
        ["a", 0.9, 30],
        ["b", 0.9, 10],
        ["tie", 0.9, 50],
        ["a", 0.5, 50],
      ]),
    )!;
    expect([figure.value, figure.n]).toEqual([0.75, 40]);
    expect(figure.low).toBeLessThan(0.75);
  });

  it("has Cohen's kappa of a published table and its large-sample interval", () => {
    // Two readers, yes/no: 20, 5, 10, 15 of 50: kappa 0.4 (Wikipedia, "Cohen's kappa"); its standard error
    // is Fleiss, Cohen & Everitt's (1969).
    const table: [JudgedVote["outcome"], number, number][] = [
      ["a", 1, 20],
      ["a", 0, 5],
      ["b", 1, 10],
      ["b", 0, 15],
    ];
    const small = cohensKappa(votes(table))!;
    expect(small.value).toBeCloseTo(0.4, 12);
    // sum_i p_ii (1 - (p_i. + p_.i)(1 - k))^2 + (1 - k)^2 sum_{i != j} p_ij (p_.i + p_j.)^2 - (k - pe (1 - k))^2
    // = 0.4 (1 - 1.1 * 0.6)^2 + 0.3 (1 - 0.9 * 0.6)^2 + 0.36 (0.1 * 1.1^2 + 0.2 * 0.9^2) - (0.4 - 0.5 * 0.6)^2, over (1 - pe)^2.
    const spread =
      (0.4 * 0.34 ** 2 + 0.3 * 0.46 ** 2 + 0.36 * (0.1 * 1.1 ** 2 + 0.2 * 0.9 ** 2) - 0.1 ** 2) / 0.25;
    const large = cohensKappa(votes(table.map(([outcome, judge, count]) => [outcome, judge, 100 * count])))!;
    expect((large.high - large.low) / 2 / 1.96).toBeCloseTo(Math.sqrt(spread / 5000), 4);
  });

  it("is kappa 0 within its interval for a judge that guesses, and nothing where all votes are alike", () => {
    const random = seededRandom(1);
    const guesses = Array.from({ length: 3000 }, (_, k) => ({
      outcome: random.uniform() < 0.7 ? ("a" as const) : ("b" as const),
      judge: random.uniform() < 0.7 ? 1 : 0,
      prompt: `${k}`,
    }));
    const { low, high } = cohensKappa(guesses)!;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
    expect(cohensKappa(votes([["a", 1, 9]]))).toBeNull();
  });

  it("is less sure when the same few prompts are voted on again and again", () => {
    const random = seededRandom(2);
    const hits = Array.from({ length: 20 }, () => random.uniform() < 0.5);
    const spread = (prompts: number) => {
      const rows = Array.from({ length: 400 }, (_, k) => ({
        outcome: "a" as const,
        judge: hits[k % 20] ? 1 : 0,
        prompt: `${k % prompts}`,
      }));
      const { low, high } = accuracyWithoutTies(rows)!;
      return high - low;
    };
    expect(spread(20)).toBeGreaterThan(2 * spread(400));
  });
});

describe("order", () => {
  it("counts a pair as flipped when its winner changes with the order", () => {
    const pairs = Array.from({ length: 10 }, (_, k) => ({
      first: 1,
      second: k < 3 ? 0 : 1,
      prompt: `${k}`,
    }));
    expect(orderFlipRate(pairs)!.value).toBeCloseTo(0.3, 12);
    // Seven pairs give one win to each place, three two to the first.
    expect(firstPlaceRate(pairs)!.value).toBeCloseTo(13 / 20, 12);
  });
});

describe("standing", () => {
  const good: JudgeMeasures = {
    accuracy: { value: 0.8, low: 0.7, high: 0.9, n: 100 },
    orderFlips: { value: 0.1, low: 0.05, high: 0.2, n: 100 },
    failures: { value: 0, low: 0, high: 0.03, n: 100 },
    defectsSeen: { value: 0.95, low: 0.9, high: 0.98, n: 100 },
    instructionsWin: { value: 0.5, low: 0.4, high: 0.6, n: 100 },
  };

  it("demotes a judge whose whole interval lies beyond a bar, and says which", () => {
    const obedient = { ...good, instructionsWin: { value: 0.9, low: 0.8, high: 0.95, n: 40 } };
    const { standing, reasons } = judgeStanding(obedient);
    expect(standing).toBe("demoted");
    expect(reasons).toEqual([
      {
        ...{ code: "above", measure: "instructionsWin", bar: 0.6 },
        ...{ value: 0.9, low: 0.8, high: 0.95, n: 40 },
      },
    ]);
  });

  it("never demotes on a small sample, and calls what was not measured unproven", () => {
    expect(judgeStanding({ ...good, accuracy: { value: 0.3, low: 0.05, high: 0.7, n: 4 } }).standing).toBe(
      "in good standing",
    );
    expect(judgeStanding({ ...good, defectsSeen: null }).standing).toBe("unproven");
    expect(judgeStanding(good).standing).toBe("in good standing");
  });
});

describe("leaving a vendor out", () => {
  it("lets a model fall that only its own family's judges lifted", () => {
    const counts = (winsA: number, winsB: number) => [
      { a: "m1", b: "m2", winsA, winsB, ties: 0, bothBad: 0 },
      { a: "m2", b: "m3", winsA: 30, winsB: 10, ties: 0, bothBad: 0 },
      { a: "m1", b: "m3", winsA: 20, winsB: 20, ties: 0, bothBad: 0 },
    ];
    const cuts = leaveVendorOut(
      [
        { judge: "own", vendor: "Acme", counts: counts(90, 10) },
        { judge: "other", vendor: "Else", counts: counts(5, 35) },
      ],
      ["m1", "m2", "m3"],
    );
    const rank = (without: string | null) =>
      cuts.find((cut) => cut.without === without)!.rows.find((row) => row.model === "m1")!.rank;
    expect(cuts.map((cut) => cut.without)).toEqual([null, "Acme", "Else"]);
    expect([rank(null), rank("Acme"), rank("Else")]).toEqual([1, 3, 1]);
  });
});
