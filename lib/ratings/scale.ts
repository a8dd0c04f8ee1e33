/** The display scale: 400 points are a factor of ten in the odds, and the mean model stands at 1000. */
export const RATING_CENTRE = 1000;

/** Points of rating in one logit: 400 / ln 10 = 173.7178. */
export const POINTS_PER_LOGIT = 400 / Math.LN10;

/** Rating of a strength in logits (sum-to-zero): 1000 + 173.72 theta. */
export function toRating(theta: number): number {
  return RATING_CENTRE + POINTS_PER_LOGIT * theta;
}

/** 1 / (1 + e^-z), without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** The log-odds of a probability in (0, 1): sigmoid's inverse. */
export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

/** ln(1 + e^z), without overflow. */
export function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}

/** Probability that a beats b under Bradley-Terry, strengths in logits. */
export function winProbability(thetaA: number, thetaB: number): number {
  return sigmoid(thetaA - thetaB);
}
