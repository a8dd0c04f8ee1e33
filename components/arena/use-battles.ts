"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, ApiError } from "@/components/api-client";
import {
  arenaAfter,
  FIRST,
  type ArenaEvent,
  type ArenaState,
  type Stage,
} from "@/components/arena/battle-state";
import {
  brokenImage,
  loadImages,
  pollBattle,
  type BattleSource,
  type LoadedBattle,
} from "@/components/arena/load-battle";
import type { Outcome } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

const WAIT_MS = 3_000;
const POLL_MS = 600;
/** A prefetched pair that takes longer than this is seen to be waited for. */
const PATIENCE_MS = 150;

/**
 * Battles one after another: the next is fetched and decoded while the present one is looked at. What may follow what is
 * decided in battle-state.ts; here are the requests that go with it.
 * @param source the same object as long as pairs come from the same place
 * @param asksDetails whether a vote waits for what the voter says of single criteria
 * @param holdsFor how long a vote may be undone before it is sent, in milliseconds
 */
export function useBattles<R extends { outcome: Outcome }>(
  source: BattleSource<R>,
  onVote: (result: R) => void,
  asksDetails: boolean,
  holdsFor = 0,
) {
  const { state, current, dispatch } = useArenaState<R>();
  const { stage, opensAt } = state;
  const prefetched = useRef<Promise<LoadedBattle> | null>(null);

  const prefetch = useCallback(
    (onScreen: string | null) => {
      const battle = source.load(onScreen);
      battle.catch(() => undefined);
      prefetched.current = battle;
    },
    [source],
  );

  const next = useCallback(async () => {
    const before = current();
    const { turn } = dispatch({ type: "next" });
    if (turn === before.turn) return;
    const promised = prefetched.current;
    prefetched.current = null;
    const patience = setTimeout(() => dispatch({ type: "slow", turn }), promised ? PATIENCE_MS : 0);
    try {
      // A prefetched pair that failed is worth one fresh try.
      const battle = await (promised?.catch(() => source.load(null)) ?? source.load(null));
      if (dispatch({ type: "arrived", turn, battle }).turn === turn) prefetch(battle.battleId);
    } catch (thrown) {
      dispatch({ type: "failed", turn, error: asApiError(thrown) });
    } finally {
      clearTimeout(patience);
    }
  }, [source, prefetch, current, dispatch]);

  /** An event of the voter's; where it settles the vote, the vote is sent. */
  const decide = useCallback(
    async (event: ArenaEvent<R>) => {
      const before = current();
      const { stage: after, turn } = dispatch(event);
      if (after.name !== "voting" || after === before.stage) return;
      try {
        const result = await source.vote(after, document.visibilityState === "hidden");
        if (dispatch({ type: "counted", turn, result }).turn === turn) onVote(result);
      } catch (thrown) {
        dispatch({ type: "refused", turn, error: asApiError(thrown) });
      }
    },
    [source, current, dispatch, onVote],
  );

  const battleId = stage.name === "ready" || stage.name === "held" ? stage.battle.battleId : null;
  const vote = useCallback(
    (outcome: Outcome, at: number) => {
      if (battleId !== null) void decide({ type: "voted", battleId, outcome, at, asksDetails, holdsFor });
    },
    [battleId, decide, asksDetails, holdsFor],
  );
  const answer = useCallback(
    (outcome: Outcome, at: number, criterion?: Criterion) =>
      void decide({ type: "answered", outcome, criterion, at }),
    [decide],
  );
  const send = useCallback((at: number) => void decide({ type: "sent", at }), [decide]);
  const takeBack = useCallback(() => void dispatch({ type: "taken-back" }), [dispatch]);
  const painted = useCallback(
    (shown: string, at: number | null) =>
      void dispatch(
        at === null
          ? { type: "broken", battleId: shown, error: brokenImage() }
          : { type: "painted", battleId: shown, at },
      ),
    [dispatch],
  );

  const sendDecided = useVoteOnLeaving(source, current);
  const fetchAhead = useCallback(
    (onScreen: string) => {
      if (!prefetched.current) prefetch(onScreen);
    },
    [prefetch],
  );
  const generate = usePrompt(source, dispatch, sendDecided, fetchAhead);

  // The first pair, and again whenever the source changes.
  useEffect(() => {
    prefetched.current = null;
    void next();
    return () => void dispatch({ type: "left" });
  }, [next, dispatch]);

  useAskingAgain(stage, next);
  useSendingHeld(stage, send);
  const open = useHasCome(opensAt);
  return { stage, open, next, vote, answer, send, takeBack, generate, painted };
}

/** While the first samples are being made, asks again until there is a pair. */
function useAskingAgain(stage: Stage<unknown>, next: () => Promise<void>) {
  useEffect(() => {
    if (stage.name !== "waiting") return;
    const timer = setTimeout(() => void next(), WAIT_MS);
    return () => clearTimeout(timer);
  }, [stage, next]);
}

/** Sends a vote once it can no longer be undone: after its time, or when the page is hidden, which may be the end of it. */
function useSendingHeld(stage: Stage<unknown>, send: (at: number) => void) {
  const sendsAt = stage.name === "held" ? stage.sendsAt : null;
  useEffect(() => {
    if (sendsAt === null) return;
    const timer = setTimeout(() => send(sendsAt), Math.max(0, sendsAt - performance.now()));
    const onHidden = () => {
      if (document.visibilityState === "hidden") send(performance.now());
    };
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onHidden);
    };
  }, [sendsAt, send]);
}

/**
 * Has two models generate for a prompt of the voter's own, and follows them.
 * @param sendDecided what was decided before is sent first
 */
function usePrompt<R>(
  source: BattleSource<R>,
  dispatch: (event: ArenaEvent<R>) => ArenaState<R>,
  sendDecided: () => void,
  onShown: (battleId: string) => void,
) {
  return useCallback(
    async (prompt: string) => {
      sendDecided();
      const { turn } = dispatch({ type: "prompted", prompt, startedAt: Date.now() });
      try {
        if (!source.startLive) throw new ApiError("no_live_pair", "No prompts are taken here.");
        let battle = await source.startLive(prompt);
        while (battle.state === "generating") {
          if (dispatch({ type: "generating", turn, battle }).turn !== turn) return;
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
          battle = await pollBattle(battle);
        }
        const loaded = await loadImages(battle);
        if (dispatch({ type: "arrived", turn, battle: loaded }).turn !== turn) return;
        onShown(loaded.battleId);
      } catch (thrown) {
        dispatch({ type: "failed", turn, error: livePairError(asApiError(thrown)) });
      }
    },
    [source, dispatch, sendDecided, onShown],
  );
}

/** Too few models for prompts of one's own: other pairs there may be, so that nothing is waited for. */
const livePairError = (error: ApiError) =>
  error.code === "not_ready" ? new ApiError("no_live_pair", error.message) : error;

/** The state of battle-state.ts, known to a handler from the moment it changes and not from the next render on. */
function useArenaState<R extends { outcome: Outcome }>() {
  const [state, setState] = useState<ArenaState<R>>(FIRST);
  const now = useRef<ArenaState<R>>(FIRST);
  const current = useCallback(() => now.current, []);
  const dispatch = useCallback((event: ArenaEvent<R>): ArenaState<R> => {
    now.current = arenaAfter(now.current, event);
    setState(now.current);
    return now.current;
  }, []);
  return { state, current, dispatch };
}

/** A decided vote is never lost: whoever leaves before it was sent has voted. Also sends it on demand. */
function useVoteOnLeaving<R>(source: BattleSource<R>, current: () => ArenaState<R>) {
  const sent = useRef<string | null>(null);
  const send = useCallback(() => {
    const { stage } = current();
    const isDecided = stage.name === "detailing" || stage.name === "held";
    if (!isDecided || sent.current === stage.battle.battleId) return;
    sent.current = stage.battle.battleId;
    void source.vote(stage, true).catch(() => undefined);
  }, [source, current]);
  useEffect(() => {
    window.addEventListener("pagehide", send);
    return () => {
      window.removeEventListener("pagehide", send);
      send();
    };
  }, [send]);
  return send;
}

/** Whether a moment of the page's clock has come. */
function useHasCome(at: number | null): boolean {
  const [come, setCome] = useState<number | null>(null);
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setCome(at), Math.max(0, at - performance.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && come === at;
}
