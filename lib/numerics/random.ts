/**
 * Seeded randomness for simulation, the bootstrap and choice: xoshiro128** (Blackman & Vigna 2018) seeded by
 * splitmix32. Same seed, same stream, on every machine. Never for secrets.
 */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
  /** Standard normal. */
  normal(): number;
}

export function seededRandom(seed: number): Random {
  let mix = seed >>> 0;
  const split = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let s0 = split();
  let s1 = split();
  let s2 = split();
  let s3 = split();
  const bits = (): number => {
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  };
  const uniform = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  let spare = NaN;
  return {
    uniform,
    below: (bound) => Math.floor(uniform() * bound),
    normal: () => {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = NaN;
        return value;
      }
      // Marsaglia's polar method.
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const r = x * x + y * y;
        if (r >= 1 || r === 0) continue;
        const scale = Math.sqrt((-2 * Math.log(r)) / r);
        spare = y * scale;
        return x * scale;
      }
    },
  };
}

/**
 * Binomial(n, p), exact: Hormann's transformed rejection (BTRS, 1993) where n p >= 10, counting geometric gaps
 * otherwise. The cost does not grow with n.
 */
export function binomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  if (n * p < 10) {
    // Each failure run is geometric; stop when the runs have used up the n trials.
    const logQ = Math.log1p(-p);
    let used = 0;
    for (let hits = 0; ; hits++) {
      used += Math.floor(Math.log1p(-random.uniform()) / logQ) + 1;
      if (used > n) return hits;
    }
  }
  const spq = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spq;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spq;
  const mode = Math.floor((n + 1) * p);
  const odds = p / (1 - p);
  for (;;) {
    const u = random.uniform() - 0.5;
    let v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us) * u + b * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    v = Math.log((v * alpha) / (a / (us * us) + b));
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(n - mode) -
      stirlingTail(k) -
      stirlingTail(n - k);
    if (v <= bound) return k;
  }
}

const STIRLING_TAIL = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];

/** ln k! minus Stirling's formula in the form BTRS uses. */
function stirlingTail(k: number): number {
  if (k < 10) return STIRLING_TAIL[k];
  const r = 1 / (k + 1);
  const r2 = r * r;
  return (1 / 12 - (1 / 360 - (1 / 1260) * r2) * r2) * r;
}

/** Multinomial(n, weights / sum): a new array of counts, by successive binomials. O(cells). */
export function multinomial(random: Random, n: number, weights: Float64Array): Float64Array {
  const rest = new Float64Array(weights.length + 1);
  for (let i = weights.length - 1; i >= 0; i--) rest[i] = rest[i + 1] + weights[i];
  const out = new Float64Array(weights.length);
  let left = n;
  for (let i = 0; i < weights.length && left > 0; i++) {
    out[i] = binomial(random, left, weights[i] / rest[i]);
    left -= out[i];
  }
  return out;
}
