import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import type { Outcome } from "@/lib/ratings/outcome";
import { resultFor, type GroupBattle, type VoteGroup } from "@/lib/vote-rules/group";

/** Outcomes of votes between two models, a the left one. */
export type CrowdCount = { left: string; right: string; outcome: Outcome; votes: number };

/** Votes for or against a model when it was shown. */
export type Direction = "for" | "against";

type Tally = { shown: number; for: number; against: number };

/**
 * What proven voters say of a board's models: what a group's votes are compared with. A group's own votes are left out of
 * its comparison, or a large group would be compared with itself.
 */
export class Crowd {
  private readonly models = new Map<string, Tally>();
  /** Wins of the first over the second. */
  private readonly wins = new Map<string, number>();

  constructor(counts: readonly CrowdCount[]) {
    for (const count of counts) this.add(count);
  }

  private add({ left, right, outcome, votes }: CrowdCount): void {
    for (const model of [left, right]) {
      const tally = this.models.get(model) ?? { shown: 0, for: 0, against: 0 };
      this.models.set(model, tally);
      tally.shown += votes;
      const won = outcome === (model === left ? "a" : "b");
      if (won) tally.for += votes;
      else if (outcome !== "tie") tally.against += votes;
    }
    if (outcome === "a" || outcome === "b") {
      const key = outcome === "a" ? `${left} ${right}` : `${right} ${left}`;
      this.wins.set(key, (this.wins.get(key) ?? 0) + votes);
    }
  }

  /** The crowd without what a group gave to it. */
  without(group: VoteGroup): Crowd {
    const rest = new Crowd([]);
    for (const [model, tally] of this.models) rest.models.set(model, { ...tally });
    for (const [pair, wins] of this.wins) rest.wins.set(pair, wins);
    for (const { left, right, outcome, inCrowd } of group.battles) {
      if (inCrowd && outcome !== null) rest.add({ left, right, outcome, votes: -1 });
    }
    return rest;
  }

  /** Which share of its votes goes for (or against) a model when it is shown, and what that share may well be at most. */
  share(model: string, direction: Direction): { value: number; high: number; votes: number } {
    const tally = this.models.get(model) ?? { shown: 0, for: 0, against: 0 };
    // Two votes of each kind before any is known (Agresti and Coull 1998): a share is never taken for certain.
    const shown = Math.max(0, tally.shown);
    const hits = Math.min(shown, Math.max(0, tally[direction]));
    const { value, high } = wilsonInterval(hits + 2, shown + 4);
    return { value, high, votes: shown };
  }

  /** How often the first of two models wins where one of them does, and over how many such votes. */
  preference(first: string, second: string): { value: number; votes: number } {
    const wins = Math.max(0, this.wins.get(`${first} ${second}`) ?? 0);
    const losses = Math.max(0, this.wins.get(`${second} ${first}`) ?? 0);
    return { value: (wins + 1) / (wins + losses + 2), votes: wins + losses };
  }
}

/** Whether a vote speaks for (or against) a model; null where the model was not shown or there is no vote. */
export function speaks(battle: GroupBattle, model: string, direction: Direction): boolean | null {
  const result = resultFor(battle, model);
  return result === null ? null : result === (direction === "for" ? "win" : "loss");
}
