import { mayPass, type ApiError } from "@/components/api-client";
import type { LoadedBattle } from "@/components/arena/load-battle";
import type { BattleResponse, CriteriaOutcomes, Outcome, VoteResponse } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

/** What the stage shows; R is what a vote is answered with. */
export type Stage<R = VoteResponse> =
  | { name: "loading" }
  /** No pair can be shown yet: the first samples are still being made. */
  | { name: "waiting" }
  /** Two models are generating for the voter's own prompt. */
  | { name: "generating"; prompt: string; battle: BattleResponse | null; startedAt: number }
  /** `refusal`: why the vote on it did not count, and may count yet. */
  | { name: "ready"; battle: LoadedBattle; refusal: ApiError | null }
  /** The vote is decided and may be undone: names are covered until it is sent, by itself at `sendsAt`. */
  | ({ name: "held"; sendsAt: number } & Decided)
  /** The vote is decided, and single criteria may follow: names are covered until it is sent. */
  | ({ name: "detailing" } & Decided)
  | ({ name: "voting" } & Decided)
  | { name: "revealed"; battle: LoadedBattle; outcome: Outcome; result: R }
  | { name: "failed"; error: ApiError };

export type Decided = { battle: LoadedBattle; outcome: Outcome; criteria: CriteriaOutcomes };

/** The pair that stands on the stage; null: none yet. */
export const battleOn = (stage: Stage<unknown>): LoadedBattle | null =>
  "battle" in stage && stage.name !== "generating" ? stage.battle : null;

export type ArenaState<R = VoteResponse> = {
  /** Grows with every pair asked for: what belongs to an earlier turn is dropped. */
  turn: number;
  /** This turn's pair is on its way: a second "next" meanwhile would skip a pair unseen. */
  moving: boolean;
  stage: Stage<R>;
  /**
   * From when on the stage takes input, in milliseconds of the page's clock (`event.timeStamp`); null until both
   * images are painted. A click or key from before was meant for what stood there before.
   */
  opensAt: number | null;
};

export type ArenaEvent<R = VoteResponse> =
  | { type: "next" }
  /** The pair takes long enough to be seen to be waited for. */
  | { type: "slow"; turn: number }
  | { type: "arrived"; turn: number; battle: LoadedBattle }
  | { type: "failed"; turn: number; error: ApiError }
  /** Both images of this battle stand on the screen. */
  | { type: "painted"; battleId: string; at: number }
  /** An image of it could not be painted after all. */
  | { type: "broken"; battleId: string; error: ApiError }
  /** @param holdsFor how long the vote may be undone, in milliseconds; 0: it is sent at once */
  | {
      type: "voted";
      battleId: string;
      outcome: Outcome;
      at: number;
      asksDetails: boolean;
      holdsFor?: number;
    }
  /** Which is better by a criterion: the next open one unless told. */
  | { type: "answered"; outcome: Outcome; criterion?: Criterion; at: number }
  /** The time to undo is over, or not wanted; the criteria left over are skipped. */
  | { type: "sent"; at: number }
  /** The last answer is taken back; before any, the vote itself. */
  | { type: "taken-back" }
  | { type: "counted"; turn: number; result: R }
  | { type: "refused"; turn: number; error: ApiError }
  | { type: "prompted"; prompt: string; startedAt: number }
  | { type: "generating"; turn: number; battle: BattleResponse }
  /** The page is left. */
  | { type: "left" };

/** How long two images must have been on the screen before a vote counts, in milliseconds. */
export const LOOK_MS = 600;
/** How long the criteria must have been on the screen before one is answered: longer than a double click. */
export const CRITERIA_MS = 400;

/** How long a vote may be undone before the names appear, in milliseconds. */
export const UNDO_MS = 5_000;

export const FIRST: ArenaState<never> = { turn: 0, moving: false, stage: { name: "loading" }, opensAt: null };

/** Whether input of this moment is taken. */
function isOpen({ opensAt }: ArenaState<unknown>, at: number): boolean {
  return opensAt !== null && at >= opensAt;
}

/** The arena after an event; the very same state where the event is dropped. */
export function arenaAfter<R extends { outcome: Outcome } = VoteResponse>(
  state: ArenaState<R>,
  event: ArenaEvent<R>,
): ArenaState<R> {
  if ("turn" in event && event.turn !== state.turn) return state;
  switch (event.type) {
    case "next":
      return state.moving ? state : { ...state, turn: state.turn + 1, moving: true };
    case "slow":
      return !state.moving || state.stage.name === "waiting"
        ? state
        : { ...state, stage: { name: "loading" }, opensAt: null };
    case "arrived":
      return {
        ...state,
        moving: false,
        stage: { name: "ready", battle: event.battle, refusal: null },
        opensAt: null,
      };
    case "failed":
      return { ...state, moving: false, stage: failure(event.error), opensAt: null };
    case "painted":
      return isShown(state, event.battleId) && state.opensAt === null
        ? { ...state, opensAt: event.at + LOOK_MS }
        : state;
    case "broken":
      return isShown(state, event.battleId)
        ? { ...state, stage: { name: "failed", error: event.error }, opensAt: null }
        : state;
    case "voted":
      if (state.stage.name === "held") return decidedAgain(state, event);
      return isShown(state, event.battleId) && isOpen(state, event.at) ? decided(state, event) : state;
    case "answered":
      return isOpen(state, event.at) ? answered(state, event) : state;
    case "sent":
      return state.stage.name === "held" || (state.stage.name === "detailing" && isOpen(state, event.at))
        ? { ...state, stage: voting(state.stage) }
        : state;
    case "taken-back":
      return takenBack(state);
    case "counted":
      return state.stage.name === "voting"
        ? {
            ...state,
            stage: {
              name: "revealed",
              battle: state.stage.battle,
              outcome: event.result.outcome,
              result: event.result,
            },
          }
        : state;
    case "refused":
      return refused(state, event.error);
    case "prompted":
      return {
        turn: state.turn + 1,
        moving: false,
        stage: { name: "generating", prompt: event.prompt, battle: null, startedAt: event.startedAt },
        opensAt: null,
      };
    case "generating":
      return state.stage.name === "generating"
        ? { ...state, stage: { ...state.stage, battle: event.battle } }
        : state;
    case "left":
      return { ...state, turn: state.turn + 1, moving: false };
  }
}

/** Whether this battle stands there to be voted on. */
function isShown({ stage, moving }: ArenaState<unknown>, battleId: string): boolean {
  return !moving && stage.name === "ready" && stage.battle.battleId === battleId;
}

function failure(error: ApiError): Stage<never> {
  return error.code === "not_ready" ? { name: "waiting" } : { name: "failed", error };
}

function decided<R>(
  state: ArenaState<R>,
  { outcome, at, asksDetails, holdsFor = 0 }: Extract<ArenaEvent, { type: "voted" }>,
): ArenaState<R> {
  if (state.stage.name !== "ready") return state;
  const { battle } = state.stage;
  const vote: Decided = { battle, outcome, criteria: {} };
  if (asksDetails && battle.criteria.length > 0)
    return { ...state, stage: { name: "detailing", ...vote }, opensAt: at + CRITERIA_MS };
  return holdsFor > 0
    ? { ...state, stage: { name: "held", ...vote, sendsAt: at + holdsFor }, opensAt: at + CRITERIA_MS }
    : { ...state, stage: voting(vote) };
}

/** While a vote may be undone: another choice takes its place, and the same one sends it, unless it is half of a double click. */
function decidedAgain<R>(
  state: ArenaState<R>,
  { battleId, outcome, at, holdsFor = 0 }: Extract<ArenaEvent, { type: "voted" }>,
): ArenaState<R> {
  const { stage } = state;
  if (stage.name !== "held" || stage.battle.battleId !== battleId) return state;
  if (stage.outcome === outcome) return isOpen(state, at) ? { ...state, stage: voting(stage) } : state;
  return { ...state, stage: { ...stage, outcome, sendsAt: at + holdsFor }, opensAt: at + CRITERIA_MS };
}

const voting = ({ battle, outcome, criteria }: Decided): Stage<never> => ({
  name: "voting",
  battle,
  outcome,
  criteria,
});

function answered<R>(
  state: ArenaState<R>,
  { outcome, criterion }: Extract<ArenaEvent, { type: "answered" }>,
): ArenaState<R> {
  const { stage } = state;
  if (stage.name !== "detailing") return state;
  const open = stage.battle.criteria.filter((name) => stage.criteria[name] === undefined);
  const named = criterion ?? open[0];
  const criteria = { ...stage.criteria, [named]: outcome };
  // After the last one the vote is sent.
  const isLast = open.every((left) => left === named);
  return { ...state, stage: isLast ? voting({ ...stage, criteria }) : { ...stage, criteria } };
}

function takenBack<R>(state: ArenaState<R>): ArenaState<R> {
  const { stage } = state;
  if (stage.name !== "detailing" && stage.name !== "held") return state;
  const { battle, criteria } = stage;
  const last = battle.criteria.findLast((name) => criteria[name] !== undefined);
  return last === undefined || stage.name === "held"
    ? { ...state, stage: { name: "ready", battle, refusal: null } }
    : { ...state, stage: { ...stage, criteria: { ...criteria, [last]: undefined } } };
}

function refused<R>(state: ArenaState<R>, error: ApiError): ArenaState<R> {
  const { stage } = state;
  if (stage.name !== "voting") return state;
  // What may pass is tried again on the same pair; a refused pair is replaced.
  return mayPass(error)
    ? { ...state, stage: { name: "ready", battle: stage.battle, refusal: error } }
    : { ...state, stage: { name: "failed", error }, opensAt: null };
}
