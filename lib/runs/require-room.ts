import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { ENDED } from "@/lib/runs/run-lifecycle";
import type { Holder } from "@/lib/queue/holder";
import { requireRoomFor, type Bounded, type Whose } from "@/lib/queue/room";

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
  boards: {
    most: () => 10,
    noun: "boards",
    remedy: "Archive one first.",
    count: (whose, tx) => tx.board.count({ where: { ...whose, archivedAt: null } }),
  },
  comparisons: {
    most: () => 50,
    noun: "comparisons",
    remedy: "Archive one first.",
    count: (whose, tx) => tx.comparison.count({ where: { ...whose, archivedAt: null } }),
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
 * See that a holder may have one more (lib/queue/room.ts).
 * @throws SalonError conflict, saying the limit and what to do
 */
export const requireRoom = (what: keyof typeof BOUNDED, holder: Holder, tx: Tx): Promise<void> =>
  requireRoomFor(what, BOUNDED[what], holder, tx);
