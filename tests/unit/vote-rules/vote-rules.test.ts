import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/numerics/random";
import { abandonment } from "@/lib/vote-rules/abandonment";
import { consensus } from "@/lib/vote-rules/consensus";
import { Crowd, type CrowdCount } from "@/lib/vote-rules/crowd";
import { decisionTime } from "@/lib/vote-rules/decision-time";
import type { GroupBattle, GroupKind, VoteGroup } from "@/lib/vote-rules/group";
import { judgeGroup } from "@/lib/vote-rules/judge-group";
import { modelShare } from "@/lib/vote-rules/model-share";
import { newcomerBurst } from "@/lib/vote-rules/newcomer-burst";
import { stuffersAmong } from "@/lib/vote-rules/stuffers-among";

const MINUTE = 60_000;
const battle = (overrides: Partial<GroupBattle> = {}): GroupBattle => ({
  voterId: "v0",
  left: "m",
  right: "o",
  outcome: "a",
  decisionMs: 4_000,
  at: 0,
  inCrowd: false,
  ...overrides,
});
const times = (count: number, make: (i: number) => Partial<GroupBattle>) =>
  Array.from({ length: count }, (_, i) => battle(make(i)));
const group = (kind: GroupKind, ...parts: GroupBattle[][]): VoteGroup => ({
  kind,
  battles: parts.flat(),
  completeSince: 0,
});

/** A crowd that gives m this share of its votes against o. */
const crowdFor = (share: number, votes = 1_000): Crowd => {
  const counts: CrowdCount[] = [
    { left: "m", right: "o", outcome: "a", votes: Math.round(share * votes) },
    { left: "m", right: "o", outcome: "b", votes: Math.round((1 - share) * votes) },
  ];
  return new Crowd(counts);
};
/** Votes on m, so many of them for it, the rest for o; spread over voters. */
const votesFor = (hits: number, votes: number, voters = 1) =>
  times(votes, (i) => ({ outcome: i < hits ? "a" : "b", voterId: `v${i % voters}` }));

describe("votes for one model", () => {
  test.each([
    // hits, votes, voters, the crowd's share, caught
    ["a stuffer of one voter", 60, 60, 1, 0.5, true],
    ["a devoted fan of one voter", 40, 50, 1, 0.5, false],
    ["a few votes, all for it", 8, 8, 1, 0.5, false],
    ["many voters who all vote for it", 30, 30, 30, 0.5, true],
    ["many voters who like it a little more", 36, 60, 30, 0.5, false],
    ["voters of the crowd's mind", 50, 100, 10, 0.5, false],
    ["all for a model that nearly always wins", 60, 60, 30, 0.95, false],
    ["many voters who all vote against it", 0, 40, 40, 0.5, true],
  ])("%s", (_, hits, votes, voters, share, caught) => {
    const kind = voters === 1 ? "voter" : "address";
    const finding = modelShare(group(kind, votesFor(hits, votes, voters)), crowdFor(share));
    expect(finding !== null).toBe(caught);
  });

  test("nothing is said against a model that nobody else has voted on, until others have", () => {
    const stuffed = group("address", votesFor(30, 30, 30));
    expect(modelShare(stuffed, new Crowd([]))).toBeNull();
    const found = modelShare(stuffed, crowdFor(0.4, 60))!;
    expect(found.modelId).toBe("m");
    expect(found.evidence).toMatchObject({ votes: 30, for: 30, crowdVotes: 60 });
  });

  test("a group's own votes are left out of the crowd it is compared with", () => {
    const votes = votesFor(40, 40, 40).map((vote) => ({ ...vote, inCrowd: true }));
    const crowd = new Crowd([
      { left: "m", right: "o", outcome: "a", votes: 40 + 20 },
      { left: "m", right: "o", outcome: "b", votes: 40 },
    ]);
    expect(modelShare(group("network", votes), crowd)!.evidence.crowdVotes).toBe(60);
  });
});

describe("battles left until one model appears", () => {
  const shown = (count: number, voted: number) => times(count, (i) => ({ outcome: i < voted ? "a" : null }));
  const others = (count: number, voted: number) =>
    times(count, (i) => ({ left: "x", right: "o", outcome: i < voted ? "a" : null }));

  test.each([
    ["voting only where it is shown", shown(20, 20), others(80, 0), true],
    ["voting mostly where it is shown", shown(25, 24), others(100, 10), true],
    ["leaving every other battle, whoever is shown", shown(40, 20), others(160, 80), false],
    ["leaving nothing", shown(20, 20), others(80, 80), false],
    ["a visitor who looked and voted twice", shown(2, 2), others(10, 0), false],
    ["voting a little oftener where it is shown", shown(200, 180), others(200, 100), false],
  ])("%s", (_, some, rest, caught) => {
    const finding = abandonment(group("voter", some, rest));
    expect(finding !== null).toBe(caught);
  });

  test("the model is the one that voting waited for, not one that always stands beside it", () => {
    const beside = group(
      "voter",
      shown(20, 20),
      others(40, 0),
      times(40, () => ({ left: "x", right: "y", outcome: null })),
    );
    expect(abandonment(beside)!.modelId).toBe("m");
  });

  test("battles from before abandoned ones were kept are no evidence", () => {
    const old = { ...group("voter", shown(20, 20), others(80, 0)), completeSince: 1 };
    expect(abandonment(old)).toBeNull();
  });
});

describe("decision times", () => {
  const timed = (ms: number[]) => ms.map((decisionMs) => battle({ decisionMs }));
  test.each([
    ["eight votes at once", Array<number>(8).fill(120), true],
    ["one slip", [50, ...Array<number>(20).fill(3_000)], false],
    ["a fast human", Array<number>(40).fill(650), false],
    ["half of twenty at once", [...Array<number>(10).fill(90), ...Array<number>(10).fill(5_000)], true],
    ["seven votes at once", Array<number>(7).fill(120), false],
  ])("%s", (_, ms, caught) => {
    expect(decisionTime(group("voter", timed(ms))) !== null).toBe(caught);
  });
});

describe("bursts of voters", () => {
  const singles = (count: number, everyMs: number) =>
    times(count, (i) => ({ voterId: `s${i}`, at: i * everyMs }));
  const visitors = (count: number) =>
    Array.from({ length: count }, (_, v) =>
      times(6, (i) => ({ voterId: `h${v}`, at: (v + i) * MINUTE })),
    ).flat();
  test.each([
    ["forty voters of one battle each in twenty minutes", "address", singles(40, MINUTE / 2), true],
    ["the same over two days", "address", singles(40, 72 * MINUTE), false],
    ["a class of forty, each with several battles", "address", visitors(40), false],
    ["a class, five of whom looked once", "network", [...visitors(35), ...singles(5, MINUTE)], false],
    ["a voter is no burst", "voter", singles(40, MINUTE), false],
  ] as const)("%s", (_, kind, battles, caught) => {
    expect(newcomerBurst(group(kind, [...battles])) !== null).toBe(caught);
  });
});

describe("stuffers hidden among others", () => {
  const random = seededRandom(3);
  /** Voters with a taste each, so many votes on the model. */
  const people = (count: number, votes: number, fans = 0) =>
    Array.from({ length: count }, (_, v) => {
      const liking = 0.5 * random.normal() + (v < fans ? 2 : 0);
      return times(votes, () => ({
        voterId: `p${v}`,
        outcome: random.uniform() < 1 / (1 + Math.exp(-liking)) ? "a" : "b",
      }));
    }).flat();
  const fan = times(100, (i) => ({ voterId: "fan", outcome: i % 20 === 0 ? "b" : "a" }));
  const stuffers = (count: number, votes: number) =>
    times(count * votes, (i) => ({ voterId: `stuffer${i % count}` }));

  test.each([
    ["six of fourteen votes each, behind a school", [...people(30, 5), ...stuffers(6, 14)], "address", true],
    ["a school", people(60, 8), "address", false],
    ["a school with four great fans", people(30, 25, 4), "network", false],
    ["one great fan of a hundred votes, at home", [...people(3, 5), ...fan], "address", false],
    ["six of two votes each", [...people(30, 5), ...stuffers(6, 2)], "address", false],
    ["a voter is nobody to hide among", stuffers(1, 200), "voter", false],
  ] as const)("%s", (_, battles, kind, caught) => {
    const finding = stuffersAmong(group(kind, [...battles]), crowdFor(0.5));
    expect(finding !== null).toBe(caught);
    if (finding) expect([...finding.suspects].every((id) => id.startsWith("stuffer"))).toBe(true);
    if (finding) expect(finding.suspects.size).toBe(6);
  });
});

describe("agreement with others", () => {
  const random = seededRandom(7);
  const agreeing = (votes: number, share: number) =>
    times(votes, () => ({ outcome: random.uniform() < share ? "a" : "b" }));
  test.each([
    ["a coin, over five hundred votes", agreeing(500, 0.5), true],
    ["the wrong button, over fifty", agreeing(50, 0.1), true],
    ["a hurried voter, over two thousand", agreeing(2_000, 0.7), false],
    ["like anyone", agreeing(200, 0.8), false],
    ["a coin, over thirty", agreeing(30, 0.5), false],
  ])("%s", (_, battles, caught) => {
    expect(consensus(group("voter", battles), crowdFor(0.8)) !== null).toBe(caught);
  });

  test("pairs on which others are divided, or few, say nothing", () => {
    const wrong = group("voter", agreeing(200, 0));
    expect(consensus(wrong, crowdFor(0.6))).toBeNull();
    expect(consensus(wrong, crowdFor(0.9, 10))).toBeNull();
    expect(consensus(wrong, crowdFor(0.9, 20))).not.toBeNull();
  });
});

describe("whose votes are held back", () => {
  test("behind one address, those of the stuffers alone, where the others vote like anyone", () => {
    const stuffers = times(320, (i) => ({ voterId: `stuffer${i % 8}` }));
    const pupils = times(200, (i) => ({ voterId: `pupil${i % 20}`, outcome: i % 40 < 20 ? "a" : "b" }));
    const [found, ...more] = judgeGroup(group("address", stuffers, pupils), crowdFor(0.5));
    expect(more).toEqual([]);
    expect(found.rule).toBe("model_share");
    expect([...found.voters].sort()).toEqual(Array.from({ length: 8 }, (_, i) => `stuffer${i}`));
  });

  test("those of all voters, where each hides it a little and it still shows", () => {
    const sybils = Array.from({ length: 60 }, (_, v) =>
      times(10, (i) => ({ voterId: `sybil${v}`, outcome: i < 7 ? "a" : "b" })),
    ).flat();
    const [found] = judgeGroup(group("network", sybils), crowdFor(0.4));
    expect(found.suspects.size).toBe(0);
    expect(found.voters.size).toBe(60);
  });

  test("of an honest crowd's favourites, haste and skipping nothing is held back, in 300 groups", () => {
    const random = seededRandom(11);
    const held = Array.from({ length: 300 }, (_, g) => {
      const battles = times(60, () => {
        const others = random.uniform() < 0.6;
        return {
          voterId: `v${g}`,
          left: others ? "x" : "m",
          outcome: random.uniform() < 0.2 ? null : random.uniform() < (others ? 0.5 : 0.7) ? "a" : "b",
          decisionMs: 500 + 4_000 * random.uniform(),
        } as const;
      });
      return judgeGroup(group("voter", battles), crowdFor(0.5));
    }).filter((found) => found.length > 0);
    expect(held).toEqual([]);
  });
});
