/** Most orders that a probe makes. */
export const PROBE_CALLS = 3;
