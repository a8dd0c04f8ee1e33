import { normalQuantile } from "@/lib/numerics/normal";

/**
 * t with P(T <= t) = p of Student's distribution with `df` >= 3 degrees of freedom, to about 1e-3 there and 1e-6 from 20 on
 * (Cornish-Fisher expansion; Abramowitz & Stegun 26.7.5).
 */
export function studentQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  const q = z * z;
  return (
    z +
    (z * (q + 1)) / (4 * df) +
    (z * ((5 * q + 16) * q + 3)) / (96 * df ** 2) +
    (z * (((3 * q + 19) * q + 17) * q - 15)) / (384 * df ** 3) +
    (z * ((((79 * q + 776) * q + 1482) * q - 1920) * q - 945)) / (92160 * df ** 4)
  );
}

/**
 * Two-sided p-value of |t| under Student's distribution with `df` > 0 degrees of freedom: the regularised incomplete beta function
 * I(df / (df + t^2); df / 2, 1 / 2) by its continued fraction (Lentz; Abramowitz & Stegun 26.5.8), to about 1e-12.
 */
export function studentTwoSidedP(t: number, df: number): number {
  if (t === 0) return 1;
  const x = df / (df + t * t);
  return incompleteBeta(x, df / 2, 0.5);
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean of the distribution; above it the mirror image does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, 1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}

/** ln Gamma(x) for x > 0 (Lanczos, g = 7, 9 terms: 15 digits). */
function logGamma(x: number): number {
  const LANCZOS = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const y = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < 9; i++) sum += LANCZOS[i] / (y + i);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}
