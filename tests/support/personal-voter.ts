import { seededRandom } from "@/lib/numerics/random";
import type { Outcome } from "@/lib/ratings/outcome";
import { countPairs } from "@/lib/ratings/pair-counts";
import { personalRatings } from "@/lib/ratings/personal";
import { POINTS_PER_LOGIT, sigmoid } from "@/lib/ratings/scale";

/** A world of voters, each with a taste of their own. */
export interface TasteWorld {
  /** Of each voter. */
  votes: number;
  /** Standard deviation, in points, of how far a voter's strengths stray from everybody's. */
  taste: number;
  /** Of the board's ratings. */
  boardSe: number;
  /** Share of the votes on an even pair that are ties. */
  ties: number;
}

const MODELS = 8;
/** Spread of the models on the board, in points. */
const SPREAD = 120;

/**
 * How often the 95% intervals of simulated voters' own ratings hold what the voter's strengths are, at the level of the board's ratings;
 * and how wide they are.
 */
export function simulateVoters(world: TasteWorld, voters: number): { coverage: number; halfWidth: number } {
  let [covered, all, width] = [0, 0, 0];
  for (let voter = 1; voter <= voters; voter++) {
    const random = seededRandom(7919 * voter + world.votes);
    const everybodys = Array.from({ length: MODELS }, () => 1000 + SPREAD * random.normal());
    const own = everybodys.map((rating) => rating + world.taste * random.normal());
    const board = new Map(
      everybodys.map((rating, i) => [
        `m${i}`,
        { rating: rating + world.boardSe * random.normal(), se: world.boardSe },
      ]),
    );
    const votes = Array.from({ length: world.votes }, () => {
      const i = random.below(MODELS);
      const j = (i + 1 + random.below(MODELS - 1)) % MODELS;
      const p = sigmoid((own[i] - own[j]) / POINTS_PER_LOGIT);
      // Ties take from both sides alike, so that the expected score stays p.
      const tie = world.ties * 2 * Math.min(p, 1 - p);
      const u = random.uniform();
      const outcome: Outcome = u < p - tie / 2 ? "a" : u < p + tie / 2 ? "tie" : "b";
      return { a: `m${i}`, b: `m${j}`, outcome };
    });
    const rows = personalRatings(countPairs(votes), board);
    const truth = (model: string) => own[Number(model.slice(1))];
    const mean = (of: (model: string) => number) =>
      rows.reduce((sum, { model }) => sum + of(model), 0) / rows.length;
    const shift = mean((model) => board.get(model)!.rating) - mean(truth);
    for (const { model, low, high } of rows) {
      all++;
      width += (high - low) / 2;
      if (low <= truth(model) + shift && truth(model) + shift <= high) covered++;
    }
  }
  return { coverage: covered / all, halfWidth: width / all };
}
