import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerFd } from "@/cli/fd";
import { registerMetrics } from "@/cli/metrics";
import { registerRate } from "@/cli/rate";
import { encodeNpy } from "@/lib/encoders/files/npy";
import { encodeStatistics } from "@/lib/encoders/files/npz";
import { checkCovariance } from "@/lib/metrics/check-covariance";
import { canPair, pairedDifference } from "@/lib/metrics/estimate";
import { featureSet } from "@/lib/metrics/features";
import { gaussianOf } from "@/lib/metrics/frechet-distance";
import { gaussianMmd } from "@/lib/metrics/kernel-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { precisionRecall } from "@/lib/metrics/precision-recall";
import { separability } from "@/lib/metrics/separability";
import { seededRandom } from "@/lib/numerics/random";
import { studentQuantile, studentTwoSidedP } from "@/lib/numerics/student";
import { salonCommand } from "../../support/salon-command";
import { NumpyRandomState } from "./numpy-random";

/** What people really have, as public bug reports of FID and arena tools describe it, with the right values. */
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const salon = salonCommand(registerFd, registerMetrics, registerRate);
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "salon-right-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a sigma that is no covariance", () => {
  test.each(["indef.npz", "float32-stream.npz"])("%s is refused, by its name", async (file) => {
    for (const [a, b] of [
      ["A.npy", file],
      [file, "A.npy"],
    ]) {
      const sides = [a, b].map((name) => fixture(`npz-sigma-not-psd/${name}`));
      if (file === "float32-stream.npz") sides[sides.findIndex((s) => s.endsWith("A.npy"))] = fixture("npz-sigma-not-psd/samples.npy"); // prettier-ignore
      const { out, error, code } = await salon("fd", ...sides);
      expect({ out, code }).toEqual({ out: "", code: 2 });
      expect(error).toMatch(new RegExp(`${file}: holds a sigma that is no covariance.*negative eigenvalues`));
    }
  });

  test("an asymmetric one is refused with the two entries", async () => {
    const covariance = Float64Array.of(1, 0.2, 0.5, 1);
    await writeFile(
      at("asymmetric.npz"),
      encodeStatistics({ dimension: 2, mean: new Float64Array(2), covariance }),
    );
    const { error, code } = await salon("fd", at("asymmetric.npz"), at("asymmetric.npz"));
    expect(code).toBe(2);
    expect(error).toMatch(/asymmetric\.npz: .*entry \(1, 0\) is 0\.5 and entry \(0, 1\) is 0\.2/);
  });

  test("one of fewer samples than features, and one that was rounded to float32, are taken; what is clipped is said", async () => {
    const rows = new NumpyRandomState(3).normals(30 * 64);
    const { mean, covariance } = gaussianOf(momentsOf(rows, 64));
    expect(await checkCovariance(covariance, 64)).toBeNull();
    const rounded = covariance.map(Math.fround);
    expect(await checkCovariance(rounded, 64)).toMatchObject({ count: expect.any(Number) });
    await writeFile(at("rounded.npz"), encodeStatistics({ dimension: 64, mean, covariance: rounded }));
    await writeFile(at("rows.npy"), encodeNpy({ shape: [30, 64], data: rows }));
    const { out, code } = await salon("fd", at("rows.npy"), at("rounded.npz"));
    expect(code).toBe(0);
    expect(out).toMatch(/rounded\.npz: Eigenvalues of sigma below zero by rounding, counted as zero: \d+/);
  });
});

describe("KID over subsets", () => {
  const sets = ["--real", fixture("kid-std-zero/real.npy"), "--fake", fixture("kid-std-zero/fake.npy")];
  const kid = async (...more: string[]) => {
    const { out, error, code } = await salon("metrics", ...sets, "--metrics", "kid", "--json", ...more);
    return { error, code, kid: out === "" ? null : JSON.parse(out).kid };
  };

  test("has no mean and no spread where each subset would be the whole set, and says so", async () => {
    const { kid: result } = await kid();
    expect(result).toMatchObject({ mean: null, std: null, subset_size: null });
    expect(result.caveat).toMatch(/need subsets smaller than the sets/);
    expect(result.exact).toEqual(expect.any(Number));
  });

  test("takes smaller subsets when told, and refuses those as large as the sets", async () => {
    const { kid: result } = await kid("--kid-subset-size", "100");
    expect(result.std).toBeGreaterThan(1e-3);
    // The mean of other subsets of 100 of the 300 was 0.0226; that of 100 subsets has a tenth of their spread for an error.
    expect(Math.abs(result.mean - 0.0226)).toBeLessThan((3 * result.std) / 10);
    expect(result.protocol).not.toBe((await kid()).kid.protocol);
    for (const size of ["300", "301"]) {
      const { error, code } = await kid("--kid-subset-size", size);
      expect(code).toBe(2);
      expect(error).toMatch(/KID|Subsets/);
    }
  });
});

test("two identical constant sets are indistinguishable: separability 0.5, ties count half", async () => {
  const constant = featureSet(new Float64Array(40 * 3).fill(2), 3);
  const { value, low, high } = await separability(constant, constant, { seed: 0 });
  expect(value).toBe(0.5);
  expect([low, high]).toEqual([0.5, 0.5]);
});

describe("recall, coverage and separability know that generated samples are drawn too", () => {
  const compare = async (...names: string[]) => {
    const sets = names.map((name) => fixture(`recall-false-positive/${name}.npy`));
    const { out } = await salon("metrics", "--real", sets[0], "--fake", sets[1], "--against", sets[2], "--metrics", "pr,prdc,c2st", "--json"); // prettier-ignore
    return JSON.parse(out);
  };

  test("two draws of one generator that differ in recall by 0.042 are not told apart as surely as p = 1.5e-6", async () => {
    const { pr, prdc } = await compare("real", "a", "b");
    expect(Math.abs(pr.against.recall.difference)).toBeCloseTo(0.042, 3);
    expect(pr.against.recall.p_value).toBeGreaterThan(0.002);
    expect(prdc.against.coverage.p_value).toBeGreaterThan(0.01);
  });

  test("over 60 such pairs p < 0.05 is rare, for each of the four", async () => {
    const random = seededRandom(11);
    const draw = (n: number, scale: number, shift: number) =>
      featureSet(
        Float64Array.from({ length: n * 4 }, () => scale * random.normal() + shift),
        4,
      );
    const found: Record<string, number> = {};
    for (let i = 0; i < 60; i++) {
      const real = draw(300, 1, 0);
      const [a, b] = await Promise.all(
        [draw(80, 1.15, 0.1), draw(80, 1.15, 0.1)].map(async (fake) => {
          const [three, five] = await precisionRecall(real, fake);
          const c2st = await separability(real, fake, { seed: 0 });
          return { recall3: three.recall, recall5: five.recall, coverage: five.coverage, c2st };
        }),
      );
      for (const name of Object.keys(a) as (keyof typeof a)[]) {
        expect(canPair(a[name], b[name], false)).toBe(true);
        found[name] = (found[name] ?? 0) + Number(pairedDifference(a[name], b[name]).pValue < 0.05);
      }
    }
    // Of 60 at 5%: 8 or fewer in 99.7% of draws. Taking the generated samples as fixed gave 12 to 28%: 7 to 17 of 60.
    expect(Math.max(...Object.values(found))).toBeLessThanOrEqual(8);
  });

  test("sets too small to be split have the whole range for an interval", async () => {
    const small = featureSet(new NumpyRandomState(1).normals(7 * 2), 2);
    const [{ recall }] = await precisionRecall(small, featureSet(new NumpyRandomState(2).normals(7 * 2), 2));
    expect([recall.low, recall.high]).toEqual([0, 1]);
  });
});

test("features far from zero keep the digits of their distances", async () => {
  const random = seededRandom(5);
  const near = Array.from({ length: 3 * 120 * 6 }, () => Math.fround(0.1 * random.normal()));
  const set = (from: number, n: number, shift: number) =>
    featureSet(
      Float64Array.from(near.slice(from * 6, (from + n) * 6), (x) => x + shift),
      6,
    );
  const measure = async (shift: number) => {
    const [real, fake] = [set(0, 200, shift), set(200, 120, shift)];
    const [, five] = await precisionRecall(real, fake);
    return { ...five, mmd: (await gaussianMmd(real, fake, { sigma: 0.2 })).value };
  };
  const [here, far] = [await measure(0), await measure(1e6)];
  expect(far.precision.value).toBeCloseTo(here.precision.value, 12);
  expect(far.density.value).toBeCloseTo(here.density.value, 12);
  expect(far.mmd / here.mmd).toBeCloseTo(1, 6);
});

describe("equal records", () => {
  const rate = async (file: string, ...more: string[]) => {
    const { out } = await salon("rate", fixture(`votes-equal-ranks/${file}`), "--json", ...more);
    return JSON.parse(out).models as { model: string; rank: number; rating: number }[];
  };

  test("two models with one record share a rank", async () => {
    const ranks = Object.fromEntries((await rate("twins.csv")).map(({ model, rank }) => [model, rank]));
    expect(ranks.p).toBe(2);
    expect(ranks.q).toBe(2);
  });

  test("a cycle is a tie of all three, under every model of ties", async () => {
    for (const ties of ["half", "davidson", "four"])
      expect((await rate("cycle.csv", "--ties", ties)).map(({ rank }) => rank)).toEqual([1, 1, 1]);
  });

  test("rows come in the order of their ranks, and of their names where ranks are shared", async () => {
    for (const file of ["twins.csv", "cycle.csv", "groups.csv"]) {
      const rows = await rate(file);
      const inOrder = [...rows].sort((x, y) => x.rank - y.rank || (x.model < y.model ? -1 : 1));
      expect(rows.map(({ model }) => model)).toEqual(inOrder.map(({ model }) => model));
    }
  });
});

test("a clustered standard error is the cluster-robust one itself; its interval is of Student's t", async () => {
  const random = seededRandom(3);
  const lines = ["model_a,model_b,winner,judge"];
  for (let voter = 0; voter < 6; voter++)
    for (let i = 0; i < 30; i++)
      lines.push(`a,b,${random.uniform() < 0.35 + 0.06 * voter ? "model_a" : "model_b"},v${voter}`);
  await writeFile(at("six.csv"), lines.join("\n"));
  const { out } = await salon("rate", at("six.csv"), "--cluster", "voter", "--json");
  const { models, method } = JSON.parse(out);
  // Six voters of thirty votes each are worth six clusters: five degrees of freedom.
  expect(method.degreesOfFreedom).toBeCloseTo(5, 9);
  for (const { se, low, high } of models)
    expect((high - low) / 2 / se).toBeCloseTo(studentQuantile(0.975, 5), 9);
  const table = await salon("rate", at("six.csv"), "--cluster", "voter");
  expect(table.out).toContain("clustered by: voter (5.0 degrees of freedom)");
});

test("Student's two-sided p-value is R's 2 * pt(-|t|, df)", () => {
  // R 4.2: 2 * pt(-c(1, 2.5, 2.042272), c(1, 5, 30))
  expect(studentTwoSidedP(1, 1)).toBeCloseTo(0.5, 12);
  expect(studentTwoSidedP(2.5, 5)).toBeCloseTo(0.05449, 5);
  expect(studentTwoSidedP(-2.042272456301238, 30)).toBeCloseTo(0.05, 10);
  expect(studentTwoSidedP(0, 7)).toBe(1);
  expect(studentTwoSidedP(40, 3)).toBeCloseTo(3.4e-5, 5);
});
