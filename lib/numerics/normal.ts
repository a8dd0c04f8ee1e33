/** The standard normal distribution, to about double precision. */

/** P(Z <= z). Relative error below 1e-14 in both tails (erfc by W. J. Cody's rational approximations, 1969). */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2);
}

/** Two-sided p-value of |z|. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) * Math.SQRT1_2);
}

const ERF_P = [
  3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947, 0.185777706184603153,
];
const ERF_Q = [23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062];
const MID_P = [
  0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131, 881.95222124176909,
  1712.04761263407058, 2051.07837782607147, 1230.33935479799725, 2.15311535474403846e-8,
];
const MID_Q = [
  15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
  4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
];
const TAIL_P = [
  0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766,
  6.58749161529837803e-4, 0.0163153871373020978,
];
const TAIL_Q = [
  2.56852019228982242, 1.87295284992346047, 0.527905102951428412, 0.0605183413124413191,
  2.33520497626869185e-3,
];

/** Complementary error function. */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) {
    const t = y * y;
    let num = ERF_P[4] * t;
    let den = t;
    for (let i = 0; i < 3; i++) {
      num = (num + ERF_P[i]) * t;
      den = (den + ERF_Q[i]) * t;
    }
    return 1 - (x * (num + ERF_P[3])) / (den + ERF_Q[3]);
  }
  let value: number;
  if (y <= 4) {
    let num = MID_P[8] * y;
    let den = y;
    for (let i = 0; i < 7; i++) {
      num = (num + MID_P[i]) * y;
      den = (den + MID_Q[i]) * y;
    }
    value = (num + MID_P[7]) / (den + MID_Q[7]);
  } else {
    const t = 1 / (y * y);
    let num = TAIL_P[5] * t;
    let den = t;
    for (let i = 0; i < 4; i++) {
      num = (num + TAIL_P[i]) * t;
      den = (den + TAIL_Q[i]) * t;
    }
    const r = (t * (num + TAIL_P[4])) / (den + TAIL_Q[4]);
    value = (1 / Math.sqrt(Math.PI) - r) / y;
  }
  // exp(-y^2) in two factors, so that the rounding of y^2 is not magnified.
  const head = Math.trunc(y * 16) / 16;
  value *= Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
  return x < 0 ? 2 - value : value;
}

const Q_A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const Q_B = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
];
const Q_C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const Q_D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

/** z with P(Z <= z) = p, for p in (0, 1): P. J. Acklam's approximation, then one Halley step to full precision. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    if (p === 0) return -Infinity;
    if (p === 1) return Infinity;
    throw new RangeError(`not a probability: ${p}`);
  }
  if (p > 0.5) return -normalQuantile(1 - p);
  let z: number;
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    z =
      (((((Q_C[0] * q + Q_C[1]) * q + Q_C[2]) * q + Q_C[3]) * q + Q_C[4]) * q + Q_C[5]) /
      ((((Q_D[0] * q + Q_D[1]) * q + Q_D[2]) * q + Q_D[3]) * q + 1);
  } else {
    const q = p - 0.5;
    const r = q * q;
    z =
      ((((((Q_A[0] * r + Q_A[1]) * r + Q_A[2]) * r + Q_A[3]) * r + Q_A[4]) * r + Q_A[5]) * q) /
      (((((Q_B[0] * r + Q_B[1]) * r + Q_B[2]) * r + Q_B[3]) * r + Q_B[4]) * r + 1);
  }
  const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
  return z - error / (1 + (z * error) / 2);
}

/** The 97.5% quantile of the standard normal distribution: the reach of a two-sided 95% interval. */
export const Z_95 = 1.959963984540054;
