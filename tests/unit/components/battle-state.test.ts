import { describe, expect, test } from "vitest";
import { ApiError } from "@/components/api-client";
import {
  arenaAfter,
  CRITERIA_MS,
  FIRST,
  LOOK_MS,
  UNDO_MS,
  type ArenaEvent,
  type ArenaState,
} from "@/components/arena/battle-state";
import type { LoadedBattle } from "@/components/arena/load-battle";
import type { Outcome, VoteResponse } from "@/lib/schemas/battles";

const battle = (battleId: string, criteria: LoadedBattle["criteria"] = []): LoadedBattle => ({
  battleId,
  token: `token of ${battleId}`,
  prompt: "a teddy bear",
  category: "objects",
  sources: [],
  clip: null,
  state: "ready",
  failureReason: null,
  left: { url: "/media/left" },
  right: { url: "/media/right" },
  size: { width: 64, height: 64 },
  question: null,
  criteria,
  images: [],
});

const side = (name: string) => ({
  model: name,
  name,
  creator: "Salon",
  paradigm: null,
  architecture: null,
  representation: null,
  textConditioning: null,
  submittedBy: "bundled" as const,
  eloBefore: 1000,
  eloAfter: 1000,
});
const result: VoteResponse = {
  voteId: "vot_1",
  outcome: "left",
  criteria: {},
  counted: true,
  apart: false,
  expected: 0.5,
  left: side("a"),
  right: side("b"),
};

const after = (events: ArenaEvent[], from: ArenaState = FIRST) => events.reduce(arenaAfter, from);
const arrival = (turn: number, of: LoadedBattle): ArenaEvent[] => [
  { type: "next" },
  { type: "arrived", turn, battle: of },
];
const vote = (battleId: string, at: number, asksDetails = false): ArenaEvent => ({
  type: "voted",
  battleId,
  outcome: "left",
  at,
  asksDetails,
});
const painted = (battleId: string, at: number): ArenaEvent => ({ type: "painted", battleId, at });

describe("a pair takes votes once it has been looked at", () => {
  const shown = after(arrival(1, battle("one")));

  test.each([
    ["before its images are painted", shown, 1e9],
    ["in the moment they are painted", after([painted("one", 1000)], shown), 1000],
    ["just before the look is over", after([painted("one", 1000)], shown), 1000 + LOOK_MS - 1],
    ["made before they were painted and handled late", after([painted("one", 1000)], shown), 900],
  ])("not %s", (_name, state, at) => {
    expect(arenaAfter(state, vote("one", at))).toBe(state);
  });

  test("but from the end of the look on", () => {
    const state = after([painted("one", 1000), vote("one", 1000 + LOOK_MS)], shown);
    expect(state.stage).toMatchObject({ name: "voting", outcome: "left" });
  });

  test("painted again, it does not start anew, and another pair's paint opens nothing", () => {
    const state = after([painted("one", 1000), painted("one", 5000), painted("two", 9000)], shown);
    expect(state.opensAt).toBe(1000 + LOOK_MS);
    expect(arenaAfter(shown, painted("two", 1000))).toBe(shown);
  });

  test("and each pair anew", () => {
    const second = after(
      [
        painted("one", 1000),
        vote("one", 2000),
        { type: "counted", turn: 1, result },
        ...arrival(2, battle("two")),
      ],
      shown,
    );
    expect(second.opensAt).toBeNull();
    expect(arenaAfter(second, vote("two", 1e9))).toBe(second);
  });
});

describe("what belongs to a pair that has left the stage is dropped", () => {
  const voting = after([...arrival(1, battle("one")), painted("one", 0), vote("one", LOOK_MS)]);
  const moved = after([{ type: "prompted", prompt: "a cat", startedAt: 0 }], voting);

  test.each<[string, ArenaEvent]>([
    ["the answer to its vote", { type: "counted", turn: 1, result }],
    ["the refusal of its vote", { type: "refused", turn: 1, error: new ApiError("offline", "Gone.") }],
    ["the pair itself, come late", { type: "arrived", turn: 1, battle: battle("one") }],
    ["its failure to come", { type: "failed", turn: 1, error: new ApiError("internal", "Gone.") }],
    ["its slowness", { type: "slow", turn: 1 }],
    ["its progress", { type: "generating", turn: 1, battle: battle("one") }],
  ])("%s", (_name, event) => {
    expect(arenaAfter(moved, event)).toBe(moved);
  });

  test("the answer to its vote, though another pair's vote waits for one", () => {
    const second = after(
      [{ type: "arrived", turn: 2, battle: battle("two") }, painted("two", 0), vote("two", LOOK_MS)],
      moved,
    );
    expect(second.stage.name).toBe("voting");
    expect(arenaAfter(second, { type: "counted", turn: 1, result })).toBe(second);
  });

  test("a vote on it, though another pair is open", () => {
    const second = after([{ type: "arrived", turn: 2, battle: battle("two") }, painted("two", 0)], moved);
    expect(arenaAfter(second, vote("one", 1e9))).toBe(second);
    expect(arenaAfter(second, vote("two", 1e9)).stage.name).toBe("voting");
  });
});

test("one press of next asks for one pair, however often it is pressed", () => {
  const asked = arenaAfter(FIRST, { type: "next" });
  expect(arenaAfter(asked, { type: "next" })).toBe(asked);
});

test("a vote is sent once: a second one while it is on its way changes nothing", () => {
  const voting = after([...arrival(1, battle("one")), painted("one", 0), vote("one", LOOK_MS)]);
  expect(arenaAfter(voting, vote("one", LOOK_MS + 1))).toBe(voting);
});

test("a vote that may pass later goes back to its pair, which stays open; a refused pair is replaced", () => {
  const voting = after([...arrival(1, battle("one")), painted("one", 0), vote("one", LOOK_MS)]);
  const again = arenaAfter(voting, {
    type: "refused",
    turn: 1,
    error: new ApiError("offline", "Salon could not be reached."),
  });
  expect(again.stage).toMatchObject({
    name: "ready",
    refusal: { code: "offline" },
  });
  expect(arenaAfter(again, vote("one", LOOK_MS + 1)).stage.name).toBe("voting");
  const gone = arenaAfter(voting, {
    type: "refused",
    turn: 1,
    error: new ApiError("conflict", "This battle is over."),
  });
  expect(gone.stage.name).toBe("failed");
});

describe("the criteria of a vote", () => {
  const answer = (outcome: Outcome, at: number): ArenaEvent => ({ type: "answered", outcome, at });
  const asked = after([
    ...arrival(1, battle("one", ["aesthetics", "prompt_following"])),
    painted("one", 0),
    vote("one", LOOK_MS, true),
  ]);

  test("are not answered by the second half of a double click on the vote", () => {
    expect(asked.stage.name).toBe("detailing");
    const early = LOOK_MS + CRITERIA_MS - 1;
    expect(arenaAfter(asked, answer("left", early))).toBe(asked);
    expect(arenaAfter(asked, { type: "sent", at: early })).toBe(asked);
  });

  test("are answered in their order, and the last one sends the vote", () => {
    const first = arenaAfter(asked, answer("right", 2000));
    expect(first.stage).toMatchObject({ name: "detailing", criteria: { aesthetics: "right" } });
    expect(arenaAfter(first, answer("tie", 2001)).stage).toMatchObject({
      name: "voting",
      outcome: "left",
      criteria: { aesthetics: "right", prompt_following: "tie" },
    });
  });

  test("may be left out", () => {
    expect(arenaAfter(asked, { type: "sent", at: 2000 }).stage).toMatchObject({
      name: "voting",
      criteria: {},
    });
  });

  test("are taken back one by one, and then the vote", () => {
    const back: ArenaEvent = { type: "taken-back" };
    const once = after([answer("right", 2000), back], asked);
    expect(once.stage).toMatchObject({ name: "detailing", criteria: { aesthetics: undefined } });
    expect(arenaAfter(once, back).stage.name).toBe("ready");
  });
});

describe("a vote that may be undone", () => {
  const hold = (outcome: Outcome, at: number): ArenaEvent => ({
    ...{ type: "voted", battleId: "one", outcome, at, asksDetails: false, holdsFor: UNDO_MS },
  });
  const held = after([...arrival(1, battle("one")), painted("one", 0), hold("left", LOOK_MS)]);

  test("is held for its time, and then sent as it was", () => {
    expect(held.stage).toMatchObject({ name: "held", outcome: "left", sendsAt: LOOK_MS + UNDO_MS });
    const sent = arenaAfter(held, { type: "sent", at: LOOK_MS + 1 });
    expect(sent.stage).toEqual({ ...sent.stage, name: "voting", outcome: "left", criteria: {} });
  });

  test("is sent by the same choice again, but not by the second half of a double click", () => {
    expect(arenaAfter(held, hold("left", LOOK_MS + CRITERIA_MS - 1))).toBe(held);
    expect(arenaAfter(held, hold("left", LOOK_MS + CRITERIA_MS)).stage.name).toBe("voting");
  });

  test("is changed by another choice, with all of its time anew", () => {
    const changed = arenaAfter(held, hold("right", LOOK_MS + 100));
    expect(changed.stage).toMatchObject({
      name: "held",
      outcome: "right",
      sendsAt: LOOK_MS + 100 + UNDO_MS,
    });
    expect(arenaAfter(changed, hold("right", LOOK_MS + 200))).toBe(changed);
  });

  test("is taken back whole", () => {
    expect(arenaAfter(held, { type: "taken-back" }).stage).toMatchObject({ name: "ready", refusal: null });
  });

  test("of another pair is none of this one's", () => {
    expect(arenaAfter(held, { ...hold("right", 1e6), battleId: "two" } as ArenaEvent)).toBe(held);
  });
});

test("an image that cannot be painted is said, and the way on stays", () => {
  const error = new ApiError("broken_image", "An image of this pair did not arrive whole.");
  const state = after([...arrival(1, battle("one")), { type: "broken", battleId: "one", error }]);
  expect(state.stage).toEqual({ name: "failed", error });
  expect(arenaAfter(state, { type: "next" }).moving).toBe(true);
});

test("while the first images are being made, asking again does not flicker", () => {
  const waiting = after([
    { type: "next" },
    { type: "failed", turn: 1, error: new ApiError("not_ready", "No pair yet.") },
    { type: "next" },
  ]);
  expect(arenaAfter(waiting, { type: "slow", turn: 2 })).toBe(waiting);
});
