import { setTimeout as wait } from "node:timers/promises";
import { isWorthRetrying, type FailureKind } from "@/lib/providers/outcome";

/** Tries of one order within a job. */
export const TRIES = 3;
const FIRST_WAIT_MS = 500;
/** A worker's time is not spent on a longer wait; the job comes back later instead. */
export const LONGEST_WAIT_MS = 10_000;

/** What one try became: an image ordered, or a judge asked. */
interface Attempt {
  kind: "ok" | "pending" | FailureKind;
  retryAfterMs?: number | null;
}

/**
 * Order until there is an answer that another try would not better. Waits double between tries; an endpoint that
 * says when to come back is believed. Refusals and wrong answers are final at once, and a timeout is tried once
 * more only: it has cost a minute already.
 */
export async function orderWithRetries<O extends Attempt>(
  order: () => Promise<O>,
  signal?: AbortSignal,
): Promise<{ outcome: O; attempts: number }> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await order();
    const last = outcome.kind === "timeout" ? TRIES - 1 : TRIES;
    if (outcome.kind === "ok" || outcome.kind === "pending") return { outcome, attempts: attempt };
    // One that is loading is not there sooner for being asked twice.
    const isFinal = !isWorthRetrying(outcome.kind) || outcome.kind === "loading";
    if (isFinal || attempt >= last) return { outcome, attempts: attempt };
    const asked = outcome.retryAfterMs ?? null;
    const pause = asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
    if (pause > LONGEST_WAIT_MS) return { outcome, attempts: attempt };
    await wait(pause, undefined, { signal });
  }
}
