/**
 * Do intervals and paired tests of recall, coverage and separability hold what they say? Simulated: real samples from N(0, I), two
 * models that are one and the same generator beside them, both sets drawn anew each time. Printed: how often the 95% intervals of both hold
 * the expected value (93.5 to 96.5% is right), how often two draws of one generator differ at p < 0.05 (4 to 6% is right), and the
 * same for a jackknife that leaves out one of 20 groups of the generated samples, which overstates.
 * `npx tsx tests/bench/metrics/split-coverage.ts [pairs = 400] [d = 8] [seed = 7] [neighbours | c2st]`; several seeds side by side add up. With
 * the last argument only recall and coverage, or only separability, and no jackknife: more pairs in the same time.
 */
import type { Estimate } from "@/lib/metrics/estimate";
import { canPair, estimateOf, pairedDifference } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet, pickRows } from "@/lib/metrics/features";
import { precisionRecall } from "@/lib/metrics/precision-recall";
import { separability } from "@/lib/metrics/separability";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { seededRandom } from "@/lib/numerics/random";

const pairs = Number(process.argv[2] ?? 400);
const d = Number(process.argv[3] ?? 8);
const JACKKNIFED = 40;
const only = process.argv[5];
const random = seededRandom(Number(process.argv[4] ?? 7));
const draw = (n: number, scale: number, shift: number) =>
  featureSet(
    Float64Array.from({ length: n * d }, () => scale * random.normal() + shift),
    d,
  );

type Values = Record<string, Estimate>;
async function measure(real: FeatureSet, fake: FeatureSet): Promise<Values> {
  const values: Values = {};
  if (only !== "c2st") {
    const [three, five] = await precisionRecall(real, fake);
    Object.assign(values, {
      "recall k=3": three.recall,
      "recall k=5": five.recall,
      coverage: five.coverage,
    });
  }
  if (only !== "neighbours") values.c2st = await separability(real, fake, { seed: 0 });
  return values;
}

/** Recall by the jackknife: what the splits replace. */
async function jackknifed(real: FeatureSet, fake: FeatureSet, whole: number): Promise<Estimate> {
  const groups = 20;
  const influence = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const kept = Array.from({ length: fake.n }, (_, i) => i).filter((i) => i % groups !== g);
    influence[g] = -(groups - 1) * (await precisionRecall(real, pickRows(fake, kept)))[0].recall.value;
  }
  return estimateOf(whole, influence, { range: [0, 1] });
}

const percent = (hits: number, n: number) => {
  const { value, low, high } = wilsonInterval(hits, n);
  return `${hits} of ${n}, ${(100 * value).toFixed(1)}% (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
};

for (const [m, n] of [
  [1000, 200],
  [500, 500],
]) {
  const runs: [Values, Values][] = [];
  const errors: { jackknife: number; splits: number; value: number }[] = [];
  for (let i = 0; i < pairs; i++) {
    const real = draw(m, 1, 0);
    const fakes = [draw(n, 1.15, 0.1), draw(n, 1.15, 0.1)];
    runs.push([await measure(real, fakes[0]), await measure(real, fakes[1])]);
    if (only === undefined && i < JACKKNIFED) {
      const { value, standardError } = runs[i][0]["recall k=3"];
      const jackknife = (await jackknifed(real, fakes[0], value)).standardError;
      errors.push({ jackknife, splits: standardError, value });
    }
  }
  console.log(`\n${m} real, ${n} generated, ${d} features, ${pairs} pairs`);
  for (const name of Object.keys(runs[0][0])) {
    const values = runs.flatMap(([a, b]) => [a[name], b[name]]);
    const expected = values.reduce((sum, { value }) => sum + value, 0) / values.length;
    const covered = values.filter(({ low, high }) => low <= expected && expected <= high).length;
    const found = runs.filter(
      ([a, b]) =>
        pairedDifference(a[name], b[name], { paired: canPair(a[name], b[name], false) }).pValue < 0.05,
    ).length;
    console.log(
      `${name.padEnd(10)}  mean ${expected.toFixed(4)}  intervals hold it ${percent(covered, values.length)}  p < 0.05 ${percent(found, pairs)}`,
    );
  }
  if (errors.length === 0) continue;
  const rms = (pick: (e: (typeof errors)[number]) => number) =>
    Math.sqrt(errors.reduce((sum, e) => sum + pick(e) ** 2, 0) / errors.length);
  const centre = runs.reduce((sum, [a]) => sum + a["recall k=3"].value, 0) / pairs;
  const spread = Math.sqrt(
    runs.reduce((sum, [a]) => sum + (a["recall k=3"].value - centre) ** 2, 0) / (pairs - 1),
  );
  console.log(
    `standard error of recall k=3: true ${spread.toFixed(4)}, splits ${rms((e) => e.splits).toFixed(4)}, jackknife of generated samples alone ${rms((e) => e.jackknife).toFixed(4)}`,
  );
}
