/**
 * The slots of a worker process, by the kind of work. A job runs in its kind's slots alone, so no kind ever waits for
 * another. Waiting for HTTP costs no core and holds no connection, so lanes that wait have more slots than there are cores.
 */
export const LANES = [
  /** Run states, the start of judging: short transactions that everything else follows. */
  "steps",
  /** Refits of ratings, and the rules that look at votes: people who voted wait for them. */
  "refits",
  /** Live battles: both samples of a visitor's own prompt. */
  "live",
  /** A visitor's own prompt on /stack. */
  "drawings",
  /** Samples of runs. */
  "generation",
  /** Questions to judges. */
  "judging",
  /** Events to the addresses that want them. */
  "webhooks",
  /** What Salon does with its own bundled backend, unasked. */
  "bundled",
  /** Embedding of runs' samples, which everything that is said of a run waits for. */
  "extraction",
  /** Scoring, examining, comparing, reference sets: what takes a core, and may take long. */
  "computing",
] as const;

export type Lane = (typeof LANES)[number];

export interface LaneSize {
  /** Jobs at a time. */
  slots: number;
  /** How soon a free slot finds a job that the queue's notification did not announce (one that is due by its time). */
  pollMs: number;
}

/**
 * How large a worker process's lanes are.
 * @param computing jobs that compute at a time
 * @param share requests at a time of one submitter: a third of the lane of generation, half of the lane of judging
 */
export function laneSizes({
  computing,
  share,
}: {
  computing: number;
  share: number;
}): Record<Lane, LaneSize> {
  return {
    steps: { slots: 3, pollMs: 1_000 },
    refits: { slots: 3, pollMs: 1_000 },
    live: { slots: 12, pollMs: 2_000 },
    drawings: { slots: 6, pollMs: 2_000 },
    generation: { slots: 3 * share, pollMs: 2_000 },
    judging: { slots: 2 * share, pollMs: 4_000 },
    webhooks: { slots: 8, pollMs: 2_000 },
    bundled: { slots: 2, pollMs: 2_000 },
    extraction: { slots: computing, pollMs: 1_000 },
    computing: { slots: computing, pollMs: 1_000 },
  };
}
