import type { Random } from "@/lib/numerics/random";
import type { Outcome } from "@/lib/schemas/battles";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Somebody who draws battles and votes on some of them, honest or not. */
export type Visitor = {
  address: string;
  battles: number;
  /** When the battle of this number is drawn, milliseconds before now. */
  agoMs: (index: number) => number;
  /** What to answer; null: leave the battle. @param left @param right models by number */
  answer: (left: number, right: number) => { outcome: Outcome; decisionMs: number } | null;
};

/** How good each model is, as log-odds against the average: rank 1 to 8. */
export const STRENGTHS = [0.9, 0.65, 0.4, 0.15, -0.1, -0.35, -0.6, -0.85];

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * What somebody who looks finds, from strengths and a taste of their own: a decisive winner by the logistic of the
 * difference, a tie more often the closer the two are, both bad now and then.
 */
export function honestOutcome(random: Random, difference: number): Outcome {
  const drawn = random.uniform();
  if (drawn < 0.05) return "both_bad";
  if (drawn < 0.05 + 0.2 * Math.exp(-Math.abs(difference))) return "tie";
  return random.uniform() < logistic(difference) ? "left" : "right";
}

/** A human's time over two images: log-normal about a median of their own. */
const humanMs = (random: Random, medianMs: number) =>
  Math.max(520, medianMs * Math.exp(0.5 * random.normal()));

/**
 * Honest voters as they come: a third has a favourite (up to 2 in log-odds for one model, whoever made it), one in ten
 * looks carelessly, some are quick (0.8 s) and some slow, they skip up to a quarter of their battles, most vote a few times and
 * some eighty times, over the last five days. Fifty sit in one campus: thirty behind a single address, twenty beside it; a
 * dozen share a mobile provider's address.
 */
export function honestPeople(count: number, random: Random): Visitor[] {
  return Array.from({ length: count }, (_, i) => {
    const taste = STRENGTHS.map(() => 0.3 * random.normal());
    if (random.uniform() < 1 / 3) taste[random.below(taste.length)] += 2 * random.uniform();
    const sense = random.uniform() < 0.1 ? 0.3 : 1;
    const median = 800 + 4_500 * random.uniform();
    const skips = 0.25 * random.uniform();
    const start = 2 * 60 * MINUTE_MS + 5 * DAY_MS * random.uniform();
    const value = (model: number) => sense * (STRENGTHS[model] + taste[model]);
    return {
      address: honestAddress(i),
      battles: Math.min(80, 2 + Math.round(4.5 * Math.exp(0.9 * random.normal()))),
      agoMs: (index) => start - index * 1.2 * MINUTE_MS,
      answer: (left, right) =>
        random.uniform() < skips
          ? null
          : {
              outcome: honestOutcome(random, value(left) - value(right)),
              decisionMs: humanMs(random, median),
            },
    };
  });
}

export const CAMPUS_ADDRESS = "192.0.2.1";

function honestAddress(i: number): string {
  if (i < 30) return CAMPUS_ADDRESS;
  if (i < 50) return `192.0.2.${i}`;
  if (i < 62) return "198.18.0.1";
  return `100.${i}.7.1`;
}

/** A stuffer: for the target whenever it is shown, and otherwise as told. */
function stuffer(
  random: Random,
  target: number,
  plan: {
    address: string;
    battles: number;
    spanMs: number;
    startMs?: number;
    others: "leaves" | "votes honestly" | "votes at random";
    /** Share of its votes on the target that go to it. */
    share?: number;
    decisionMs?: number;
  },
): Visitor {
  const { others, share = 1, decisionMs = 1_500, startMs = plan.spanMs } = plan;
  const votes = (outcome: Outcome) => ({ outcome, decisionMs: decisionMs * (0.7 + 0.6 * random.uniform()) });
  return {
    address: plan.address,
    battles: plan.battles,
    agoMs: (index) => startMs - (plan.spanMs * index) / plan.battles,
    answer: (left, right) => {
      if (left === target || right === target) {
        const isFor = random.uniform() < share;
        return votes((left === target) === isFor ? "left" : "right");
      }
      if (others === "leaves") return null;
      if (others === "votes at random") return votes(random.uniform() < 0.5 ? "left" : "right");
      return votes(honestOutcome(random, STRENGTHS[left] - STRENGTHS[right]));
    },
  };
}

export type Strategy = {
  name: string;
  /** Comes with no cookie within one hour: new voters of an address are limited. */
  isFlood?: boolean;
  visitors: (random: Random, target: number) => Visitor[];
};

const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

/** What someone who wants a model up can do, from the crudest to the most patient. */
export const STRATEGIES: Strategy[] = [
  {
    name: "flood without cookies from one address",
    isFlood: true,
    visitors: (random, target) => {
      // Limits are remembered by the process: each simulation floods from an address of its own.
      const address = `203.${random.below(256)}.${random.below(256)}.1`;
      return many(240, (i) =>
        stuffer(random, target, {
          address,
          battles: 1,
          others: "leaves",
          spanMs: MINUTE_MS,
          startMs: 10 * MINUTE_MS - i * 2_000,
        }),
      );
    },
  },
  {
    name: "one voter, many votes",
    visitors: (random, target) => [
      stuffer(random, target, {
        address: "203.0.113.1",
        battles: 320,
        others: "votes honestly",
        spanMs: 100 * MINUTE_MS,
      }),
    ],
  },
  {
    name: "40 voters over one network",
    visitors: (random, target) =>
      many(40, (i) =>
        stuffer(random, target, {
          address: `203.0.113.${i}`,
          battles: 8,
          others: "votes honestly",
          spanMs: 60 * MINUTE_MS,
        }),
      ),
  },
  {
    name: "slow drip over 20 days, 6 voters",
    visitors: (random, target) =>
      many(6, () =>
        stuffer(random, target, {
          address: "203.0.113.1",
          battles: 50,
          others: "votes honestly",
          spanMs: 20 * DAY_MS,
        }),
      ),
  },
  {
    name: "leave all but the target, 10 networks",
    visitors: (random, target) =>
      many(10, (i) =>
        stuffer(random, target, {
          address: `203.0.${i}.1`,
          battles: 40,
          others: "leaves",
          spanMs: 60 * MINUTE_MS,
        }),
      ),
  },
  {
    name: "random votes and the target, 8 voters",
    visitors: (random, target) =>
      many(8, () =>
        stuffer(random, target, {
          address: "203.0.113.1",
          battles: 40,
          others: "votes at random",
          spanMs: 90 * MINUTE_MS,
        }),
      ),
  },
  {
    name: "fast bots, 85% for the target",
    visitors: (random, target) =>
      many(4, (i) =>
        stuffer(random, target, {
          address: `203.0.${i}.1`,
          battles: 60,
          others: "votes honestly",
          share: 0.85,
          decisionMs: 150,
          spanMs: 20 * MINUTE_MS,
        }),
      ),
  },
  {
    name: "6 voters behind the campus's address",
    visitors: (random, target) =>
      many(6, () =>
        stuffer(random, target, {
          address: CAMPUS_ADDRESS,
          battles: 50,
          others: "votes honestly",
          spanMs: 90 * MINUTE_MS,
        }),
      ),
  },
  {
    name: "120 voters, each from a network of its own",
    visitors: (random, target) =>
      many(120, (i) =>
        stuffer(random, target, {
          address: `203.${i}.113.1`,
          battles: 4,
          others: "votes honestly",
          spanMs: 60 * MINUTE_MS,
        }),
      ),
  },
];
