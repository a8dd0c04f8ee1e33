import fc from "fast-check";
import { expect, test } from "vitest";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { reweightPairs } from "@/lib/ratings/reweight";
import { buildSnapshot, buildSnapshotFromVotes } from "@/lib/ratings/snapshot";
import { hashInputs } from "@/lib/ratings/inputs-hash";
import { verifySnapshot } from "@/lib/ratings/analysis/snapshot-differences";
import type { Snapshot } from "@/lib/ratings/snapshot";
import { randomLog, voteLogs } from "./arbitraries";

const log = randomLog(5, 800, 6);
const counts = countPairs(log);

test("an independent recomputation from the votes matches to 1e-9, through JSON too", () => {
  for (const options of [
    {},
    { ties: "davidson" },
    { ties: "four", reweight: true },
    { rankMethod: "max-t", seed: 3 },
  ] as const) {
    const stored = JSON.parse(JSON.stringify(buildSnapshot(counts, ["new"], options))) as Snapshot;
    const again = buildSnapshotFromVotes([...log].reverse(), ["new"], options);
    expect(verifySnapshot(stored, again)).toEqual([]);
  }
});

test("a changed vote, rating, rank, row or method is found", () => {
  const stored = buildSnapshot(counts);
  const tampered = counts.map((row, i) => (i === 0 ? { ...row, winsA: row.winsA + 1 } : row));
  expect(verifySnapshot(stored, buildSnapshot(tampered)).join()).toMatch(/inputsHash.*rating/);
  const row = stored.rows[0];
  const with0 = (change: object) => ({ ...stored, rows: [{ ...row, ...change }, ...stored.rows.slice(1)] });
  expect(verifySnapshot(with0({ rating: row.rating + 2e-9 }), stored)).toHaveLength(1);
  expect(verifySnapshot(with0({ rating: row.rating + 5e-10 }), stored)).toEqual([]);
  expect(verifySnapshot(with0({ rankHigh: 5 }), stored)).toHaveLength(1);
  expect(verifySnapshot(with0({ rank: null }), stored)).toHaveLength(1);
  expect(verifySnapshot({ ...stored, rows: stored.rows.slice(1) }, stored)).toHaveLength(1);
  expect(verifySnapshot({ ...stored, methodology: "other" }, stored)).toHaveLength(1);
});

test("the hash names the inputs: the same for any order, another for any other votes, models or options", () => {
  const hash = hashInputs(counts, ["x"], {});
  const turned = counts.map(({ a, b, winsA, winsB, ties, bothBad }) => ({
    a: b,
    b: a,
    winsA: winsB,
    winsB: winsA,
    ties,
    bothBad,
  }));
  expect(hashInputs(turned.reverse(), ["x"], {})).toBe(hash);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const others = [
    hashInputs(counts.slice(1), ["x"], {}),
    hashInputs(counts, ["y"], {}),
    hashInputs(counts, ["x"], { alpha: 0.1 }),
    hashInputs(counts, ["x"], { ties: "four" }),
  ];
  expect(new Set([hash, ...others]).size).toBe(5);
});

test("rows are sorted by rating, with whole tallies and intervals around it; newcomers last and unranked", () => {
  fc.assert(
    fc.property(voteLogs, fc.constantFrom("half", "davidson", "four"), (votes, ties) => {
      const snapshot = buildSnapshot(countPairs(votes), ["newcomer"], { ties: ties as "half" });
      expect(snapshot.votes).toBe(votes.length);
      const ranked = snapshot.rows.slice(0, -1);
      expect(snapshot.rows.at(-1)).toMatchObject({
        model: "newcomer",
        rank: null,
        rankLow: null,
        rating: 1000,
        games: 0,
      });
      ranked.forEach((row, k) => {
        // Models that share a rank are in the order of their names, and differ by rounding.
        if (k > 0) expect(row.rating).toBeLessThanOrEqual(ranked[k - 1].rating + 2e-4);
        if (k > 0) expect(row.rank).toBeGreaterThanOrEqual(ranked[k - 1].rank!);
        expect(row.low).toBeLessThanOrEqual(row.rating);
        expect(row.high).toBeGreaterThanOrEqual(row.rating);
        expect(row.wins + row.losses + row.ties).toBe(row.games);
        expect(row.rankLow).toBeLessThanOrEqual(row.rank!);
        expect(row.rankHigh).toBeGreaterThanOrEqual(row.rank!);
        expect(row.rankHigh).toBeLessThanOrEqual(ranked.length);
        expect(Object.values(row).every((v) => typeof v === "string" || Number.isFinite(v))).toBe(true);
      });
    }),
    { numRuns: 60 },
  );
});

test("an anchor shifts every rating and touches no interval's width", () => {
  const plain = buildSnapshot(counts);
  const anchored = buildSnapshot(counts, [], { anchor: { model: "m2", rating: 1500 } });
  expect(anchored.rows.find((row) => row.model === "m2")!.rating).toBeCloseTo(1500, 9);
  anchored.rows.forEach((row, k) => {
    expect(row.se).toBe(plain.rows[k].se);
    expect(row.high - row.low).toBeCloseTo(plain.rows[k].high - plain.rows[k].low, 9);
    expect(row.se).toBeGreaterThan(0);
  });
  expect(() => buildSnapshot(counts, [], { anchor: { model: "nobody", rating: 1 } })).toThrow(/nobody/);
});

test("adding a model without votes changes no other row", () => {
  const plain = buildSnapshot(counts);
  const grown = buildSnapshot(counts, ["newcomer"]);
  expect(
    verifySnapshot({ ...plain, inputsHash: grown.inputsHash }, { ...grown, rows: grown.rows.slice(0, -1) }),
  ).toEqual([]);
});

test("reweighting widens intervals when pairs met unevenly", () => {
  const uneven = [...randomLog(3, 4000, 1), ...randomLog(5, 300, 2)];
  const [plain, weighted] = [false, true].map((reweight) =>
    buildSnapshot(countPairs(uneven), [], { reweight }),
  );
  const width = (s: Snapshot) => s.rows.reduce((sum, row) => sum + row.se, 0);
  expect(width(weighted)).toBeGreaterThan(width(plain));
});

test("reweighted votes weigh 1 / max(votes of the pair, 50), scaled to keep their sum", () => {
  const table = pairTable([
    { a: "x", b: "y", winsA: 300, winsB: 100, ties: 0, bothBad: 0 },
    { a: "x", b: "z", winsA: 50, winsB: 50, ties: 60, bothBad: 40 },
    { a: "y", b: "z", winsA: 5, winsB: 5, ties: 0, bothBad: 0 },
  ]);
  const [xy, xz, yz] = reweightPairs(table).weight;
  expect([xz / xy, yz / xy]).toEqual([expect.closeTo(2, 12), expect.closeTo(8, 12)]);
  expect(400 * xy + 200 * xz + 10 * yz).toBeCloseTo(610, 9);
});

test("clusters need votes, and one cluster falls back on plain intervals with a note", () => {
  expect(() => buildSnapshot(counts, [], { cluster: ["voter"] })).toThrow(/votes/);
  const single = log.map((vote) => ({ ...vote, voter: "only" }));
  const snapshot = buildSnapshotFromVotes(single, [], { cluster: ["voter"] });
  expect(snapshot.notes).toEqual([{ code: "too_few_clusters", label: "voter", clusters: 1 }]);
  snapshot.rows.forEach((row, k) => expect(row.se).toBe(buildSnapshot(counts).rows[k].se));
});

test("empty boards, one model and no votes are valid snapshots", () => {
  expect(buildSnapshot([]).rows).toEqual([]);
  expect(buildSnapshot([], ["only"]).rows[0]).toMatchObject({ rating: 1000, rank: null, games: 0 });
  expect(buildSnapshotFromVotes([], ["x", "y"], { cluster: ["voter", "prompt"] }).rows).toHaveLength(2);
});
