/** How long a run waits for an endpoint that is asked too fast, or is still loading. No prompt is ever given up for either. */

const SHORTEST_MS = { rate_limited: 20_000, loading: 5_000 };
const LONGEST_MS = { rate_limited: 5 * 60_000, loading: 60_000 };
/** Without one image in between: then a person has to look. */
const PAUSED_AFTER_MS = { rate_limited: 24 * 3_600_000, loading: 30 * 60_000 };

/**
 * What to do when an endpoint is not to be asked now.
 * @param waitedMs since when no order has come through, while the endpoint kept saying so; 0 the first time
 * @param retryAfterMs how long it says; null: it does not, and waits double
 * @returns how many milliseconds to wait; "pause" when it has been long enough
 */
export function patienceFor(
  kind: "rate_limited" | "loading",
  waitedMs: number,
  retryAfterMs: number | null,
): number | "pause" {
  if (waitedMs >= PAUSED_AFTER_MS[kind]) return "pause";
  const wait = retryAfterMs ?? Math.max(SHORTEST_MS[kind], waitedMs);
  return Math.min(wait, LONGEST_MS[kind]);
}
