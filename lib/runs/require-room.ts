import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { ENDED } from "@/lib/runs/run-lifecycle";
import type { Holder } from "@/lib/queue/holder";

/** All visitors of one network address together may have so many times what one may: a school may sit behind it. */
export const VISITORS_AN_ADDRESS = 3;

/** Whose things are counted. */
type Whose = { ownerId: string } | { addressHash: string };

interface Bounded {
  /** Most that one visitor may have. */
  most: () => number;
  /** As in "You have 5 ... here". */
  noun: string;
  /** What to do, in a sentence. */
  remedy: string;
  count: (whose: Whose, tx: Tx) => Promise<number>;
}

const ofModel = (whose: Whose) => ("ownerId" in whose ? { submitterId: whose.ownerId } : whose);

const BOUNDED = {
  models: {
    most: () => env().MODELS_PER_OWNER,
    noun: "models",
    remedy: "Delete one first.",
    count: (whose, tx) => tx.model.count({ where: { ...ofModel(whose), removedAt: null } }),
  },
  runs: {
    most: () => env().RUNNING_RUNS_PER_OWNER,
    noun: "runs that are not finished",
    remedy: "Wait until one is, or cancel one.",
    count: (whose, tx) => tx.run.count({ where: { model: ofModel(whose), state: { notIn: [...ENDED] } } }),
  },
  judges: {
    most: () => 5,
    noun: "judges",
    remedy: "Remove one first.",
    count: (whose, tx) => tx.judge.count({ where: whose }),
  },
  references: {
    most: () => 5,
    noun: "reference sets",
    remedy: "Remove one first.",
    count: (whose, tx) => tx.referenceSet.count({ where: { ...whose, state: { not: "FAILED" } } }),
  },
} as const satisfies Record<string, Bounded>;

/**
 * See that a visitor, and all of the visitor's network address together, may have one more; the operator may have any number.
 * Others who ask for the same visitor or address wait until the transaction ends, so that no two take the last place.
 * @throws SalonError conflict, saying the limit and what to do
 */
export async function requireRoom(what: keyof typeof BOUNDED, holder: Holder, tx: Tx): Promise<void> {
  const { ownerId, addressHash } = holder;
  if (ownerId === null) return;
  const { most, noun, remedy, count } = BOUNDED[what];
  await lockRoom(what, ownerId, tx);
  if ((await count({ ownerId }, tx)) >= most()) {
    throw new SalonError(
      "conflict",
      `You have ${most()} ${noun} here, the most that one visitor may have. ${remedy}`,
    );
  }
  if (addressHash === null) return;
  const together = VISITORS_AN_ADDRESS * most();
  await lockRoom(what, addressHash, tx);
  if ((await count({ addressHash }, tx)) >= together) {
    throw new SalonError(
      "conflict",
      `There are ${together} ${noun} here from your network address, the most that all of its visitors may have together. ${remedy}`,
    );
  }
}

function lockRoom(what: string, whose: string, tx: Tx): Promise<number> {
  return tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`room:${what}:${whose}`}, 0))`;
}
