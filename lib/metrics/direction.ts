/** Names of distances, whatever encoder they are taken with: less is better. Shares and scores: more is. */
const DISTANCES = /^(fd|fid|fvd|kid|cmmd)\b/;

/** Which way a stored metric is good, by its name (`fd-toybox`, `grader-alignment`, ...). */
export function betterDirection(metric: string): "lower" | "higher" {
  return DISTANCES.test(metric) ? "lower" : "higher";
}
