import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { robustCovariance, sandwichCovariance } from "@/lib/ratings/covariance";
import { measureDependence, smallSampleFactor } from "@/lib/ratings/dependence";
import { normalQuantile } from "@/lib/numerics/normal";
import { studentQuantile } from "@/lib/numerics/student";
import { buildSnapshot, buildSnapshotFromVotes } from "@/lib/ratings/snapshot";
import { countPairs } from "@/lib/ratings/pair-counts";
import { fitPairs } from "@/lib/ratings/tie-fit";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import { randomLog } from "./arbitraries";

/** Votes of 40 voters, voter k casting `sizeOf(k)` of every 100. */
const logOf = (voters: number) =>
  randomLog(5, 900, 4).map((vote, k) => ({ ...vote, voter: `v${k % voters}`, prompt: `p${k % 37}` }));

test("Student's t quantiles are those of the tables", () => {
  for (const [df, t] of [
    [9, 2.262157],
    [19, 2.093024],
    [30, 2.042272],
    [99, 1.984217],
  ]) {
    expect(Math.abs(studentQuantile(0.975, df) - t)).toBeLessThan(2e-4);
  }
  expect(studentQuantile(0.025, 30)).toBeCloseTo(-studentQuantile(0.975, 30), 12);
  expect(smallSampleFactor(1e9)).toBeCloseTo(1, 6);
  expect(smallSampleFactor(30)).toBeCloseTo((2.042272 / normalQuantile(0.975)) ** 2, 4);
});

test("the excess put back on the independent middle is the clustered covariance, widened by t", () => {
  for (const ties of ["half", "davidson", "four"] as const) {
    const { table, votes } = voteColumns(logOf(40), ["voter", "prompt"]);
    const fit = fitPairs(table, ties);
    const measured = measureDependence(fit, votes, ["voter", "prompt"]);
    expect(measured.clusters.map(({ used }) => used)).toEqual([true, true]);
    const fewest = Math.min(...measured.clusters.map(({ effective }) => effective));
    expect(measured.factor).toBe(smallSampleFactor(fewest - 1));
    const options = { ties, cluster: ["voter" as const, "prompt" as const] };
    const whole = buildSnapshotFromVotes(logOf(40), [], options);
    robustCovariance(fit, measured).forEach((v, at) => expect(v).toBeCloseTo(whole.covariance[at], 12));
    if (ties !== "half") continue;
    const clustered = sandwichCovariance(table, bradleyTerry(table), votes);
    clustered.forEach((v, at) => expect(measured.factor * v).toBeCloseTo(whole.covariance[at], 12));
  }
});

test("few clusters, or few heavy ones, are not used: votes are then independent", () => {
  const { table, votes } = voteColumns(logOf(4), ["voter"]);
  const fit = fitPairs(table, "half");
  const few = measureDependence(fit, votes, ["voter"]);
  expect(few).toMatchObject({ clusters: [{ clusters: 4, used: false }], factor: 1 });
  expect(few.clusters[0].effective).toBeCloseTo(4, 9);
  expect(robustCovariance(fit, few)).toEqual(robustCovariance(fit));
  // Forty voters of whom one cast nine votes of ten weigh like one.
  const heavy = randomLog(5, 900, 4).map((vote, k) => ({
    ...vote,
    voter: k % 10 === 0 ? `v${(k / 10) % 40}` : "fan",
  }));
  const columns = voteColumns(heavy, ["voter"]);
  const [summary] = measureDependence(fitPairs(columns.table, "half"), columns.votes, ["voter"]).clusters;
  expect(summary).toMatchObject({ clusters: 41, used: false });
  expect(summary.effective).toBeLessThan(1.3);
});

test("a model whose votes came after the measurement keeps their own noise", () => {
  const log = logOf(40);
  const columns = voteColumns(log, ["voter"], ["new"]);
  const { excess, clusters, factor } = measureDependence(fitPairs(columns.table, "half"), columns.votes, [
    "voter",
  ]);
  const later = [
    ...log,
    ...Array.from({ length: 18 }, (_, k) => ({
      a: "m0",
      b: "new",
      outcome: k % 3 === 0 ? ("a" as const) : ("b" as const),
    })),
  ];
  const dependence = { votes: log.length, clusters, factor };
  const { rows } = buildSnapshot(countPairs(later), ["new"], { dependence }, excess);
  const alone = buildSnapshot(countPairs(later), ["new"]);
  const se = (list: typeof rows) => list.find(({ model }) => model === "new")!.se;
  expect(se(rows)).toBeGreaterThan(0.95 * se(alone.rows));
  expect(() => buildSnapshot(countPairs(later), ["new"], { dependence })).toThrow(/excess/);
});
