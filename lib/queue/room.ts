import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { Holder } from "@/lib/queue/holder";

/** All visitors of one network address together may have so many times what one may: a school may sit behind it. */
export const VISITORS_AN_ADDRESS = 3;

/** Whose things are counted. */
export type Whose = { ownerId: string } | { addressHash: string };

/** Of what a visitor may have only so many. */
export interface Bounded {
  /** Most that one visitor may have. */
  most: () => number;
  /** As in "You have 5 ... here". */
  noun: string;
  /** What to do, in a sentence. */
  remedy: string;
  count: (whose: Whose, tx: Tx) => Promise<number>;
}

/**
 * See that a visitor, and all of the visitor's network address together, may have one more; the operator may have any number.
 * Others who ask for the same visitor or address wait until the transaction ends, so that no two take the last place.
 * @param what names the bound
 * @throws SalonError conflict, saying the limit and what to do
 */
export async function requireRoomFor(what: string, bounded: Bounded, holder: Holder, tx: Tx): Promise<void> {
  const { ownerId, addressHash } = holder;
  if (ownerId === null) return;
  const { most, noun, remedy, count } = bounded;
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
