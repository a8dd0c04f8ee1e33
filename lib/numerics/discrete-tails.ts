/** ln 0!, ln 1!, ... as far as anyone asked. */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1] + Math.log(k));
  return logFactorials[n];
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** P(X >= hits) for X ~ Binomial(n, p): exact, by summing its terms. */
export function binomialUpperTail(hits: number, n: number, p: number): number {
  if (hits <= 0 || p >= 1) return 1;
  if (p <= 0) return 0;
  let tail = 0;
  for (let k = hits; k <= n; k++) {
    tail += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  }
  return Math.min(1, tail);
}

/** P(X <= hits) for X ~ Binomial(n, p). */
export function binomialLowerTail(hits: number, n: number, p: number): number {
  return binomialUpperTail(n - hits, n, 1 - p);
}

/**
 * P(X >= hits) where X of `drawn` things, taken from `total` without putting back, are among the `marked` ones: Fisher's
 * exact test, one-sided.
 */
export function hypergeometricUpperTail(hits: number, drawn: number, marked: number, total: number): number {
  const all = logChoose(total, drawn);
  let tail = 0;
  for (let k = Math.max(hits, drawn + marked - total, 0); k <= Math.min(drawn, marked); k++) {
    tail += Math.exp(logChoose(marked, k) + logChoose(total - marked, drawn - k) - all);
  }
  return Math.min(1, tail);
}
