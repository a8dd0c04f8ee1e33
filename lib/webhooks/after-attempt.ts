import type { WebhookPause } from "@/lib/schemas/reasons/webhook-failure";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** How long is waited after the first, second, ... failed attempt; after the last one no more: eight attempts over some 23 hours. */
export const WAITS_MS = [
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  14 * HOUR,
] as const;

/** A webhook that has failed for so long without a success is switched off when a delivery is given up. */
export const SWITCH_OFF_AFTER_MS = 3 * 24 * HOUR;

/** Waits are longer by up to this share, so that what failed together does not come back together. */
const SPREAD = 0.1;

/** What an attempt came to, and what is known of its delivery and webhook. */
export interface Attempt {
  outcome: "delivered" | "failed" | "gone";
  /** Attempts at this delivery, this one among them. */
  attempts: number;
  /** Sent on demand: tried once, and a failure says nothing of the webhook. */
  isTest: boolean;
  /** How long the receiver asks to be left alone; null: it does not say. */
  retryAfterMs: number | null;
  /** Of the webhook's first failure since its last success, milliseconds since 1970. */
  failingSince: number | null;
}

export interface AfterAttempt {
  state: "PENDING" | "DELIVERED" | "DEAD";
  /** Milliseconds since 1970; null: no further attempt. */
  nextAttemptAt: number | null;
  failingSince: number | null;
  /** Why the webhook is switched off; null: it is not. */
  switchOff: WebhookPause | null;
}

/**
 * What follows an attempt at a delivery.
 * @param now milliseconds since 1970
 * @param random uniform in [0, 1)
 */
export function afterAttempt(attempt: Attempt, now: number, random: number): AfterAttempt {
  const { outcome, attempts, isTest, retryAfterMs } = attempt;
  const dead = { state: "DEAD", nextAttemptAt: null } as const;
  if (outcome === "delivered") {
    return { state: "DELIVERED", nextAttemptAt: null, failingSince: null, switchOff: null };
  }
  const failingSince = isTest ? attempt.failingSince : (attempt.failingSince ?? now);
  if (outcome === "gone") {
    return { ...dead, failingSince, switchOff: { code: "gone" } };
  }
  if (isTest) return { ...dead, failingSince, switchOff: null };
  if (attempts > WAITS_MS.length) {
    const isLong = failingSince !== null && now - failingSince >= SWITCH_OFF_AFTER_MS;
    const days = Math.floor(SWITCH_OFF_AFTER_MS / (24 * HOUR));
    return { ...dead, failingSince, switchOff: isLong ? { code: "nothing_arrived", days } : null };
  }
  const wait = Math.max(WAITS_MS[attempts - 1], retryAfterMs ?? 0) * (1 + SPREAD * random);
  return { state: "PENDING", nextAttemptAt: now + Math.round(wait), failingSince, switchOff: null };
}
