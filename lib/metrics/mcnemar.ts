/**
 * McNemar's test in its exact form (McNemar 1947; two-sided binomial): of the things that only one of two judgements holds for, is
 * it one and the other equally often?
 * @returns p; 1 where nothing tells the two apart
 */
export function mcnemarP(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
