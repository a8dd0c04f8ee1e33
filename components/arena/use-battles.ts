"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import {
  arenaAfter,
  FIRST,
  type ArenaEvent,
  type ArenaState,
  type Decided,
} from "@/components/arena/battle-state";
import {
  brokenImage,
  loadBattle,
  loadImages,
  pollBattle,
  startLiveBattle,
  type LoadedBattle,
} from "@/components/arena/load-battle";
import type { Outcome, VoteRequest, VoteResponse } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

const WAIT_MS = 3_000;
const POLL_MS = 600;
/** A prefetched pair that takes longer than this is seen to be waited for. */
const PATIENCE_MS = 150;

/**
 * Battles one after another: the next is fetched and decoded while the present one is looked at. What may follow what is
 * decided in battle-state.ts; here are the requests that go with it.
 * @param asksDetails whether a vote waits for what the voter says of single criteria
 */
export function useBattles(board: string, onVote: (result: VoteResponse) => void, asksDetails: boolean) {
  const { state, current, dispatch } = useArenaState();
  const { stage, opensAt } = state;
  const prefetched = useRef<Promise<LoadedBattle> | null>(null);

  const prefetch = useCallback(() => {
    const battle = loadBattle(board);
    battle.catch(() => undefined);
    prefetched.current = battle;
  }, [board]);

  const next = useCallback(async () => {
    const before = current();
    const { turn } = dispatch({ type: "next" });
    if (turn === before.turn) return;
    const promised = prefetched.current;
    prefetched.current = null;
    const patience = setTimeout(() => dispatch({ type: "slow", turn }), promised ? PATIENCE_MS : 0);
    try {
      // A prefetched pair that failed is worth one fresh try.
      const battle = await (promised?.catch(() => loadBattle(board)) ?? loadBattle(board));
      if (dispatch({ type: "arrived", turn, battle }).turn === turn) prefetch();
    } catch (thrown) {
      dispatch({ type: "failed", turn, error: asApiError(thrown) });
    } finally {
      clearTimeout(patience);
    }
  }, [board, prefetch, current, dispatch]);

  /** An event of the voter's; where it settles the vote, the vote is sent. */
  const decide = useCallback(
    async (event: ArenaEvent) => {
      const before = current();
      const { stage: after, turn } = dispatch(event);
      if (after.name !== "voting" || after === before.stage) return;
      try {
        const result = await sendVote(after);
        if (dispatch({ type: "counted", turn, result }).turn === turn) onVote(result);
      } catch (thrown) {
        dispatch({ type: "refused", turn, error: asApiError(thrown) });
      }
    },
    [current, dispatch, onVote],
  );

  const battleId = stage.name === "ready" ? stage.battle.battleId : null;
  const vote = useCallback(
    (outcome: Outcome, at: number) => {
      if (battleId !== null) void decide({ type: "voted", battleId, outcome, at, asksDetails });
    },
    [battleId, decide, asksDetails],
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

  const sendDecided = useVoteOnLeaving(current);
  const fetchAhead = useCallback(() => {
    if (!prefetched.current) prefetch();
  }, [prefetch]);
  const generate = usePrompt(board, dispatch, sendDecided, fetchAhead);

  // The first pair, and again whenever the board changes.
  useEffect(() => {
    prefetched.current = null;
    void next();
    return () => void dispatch({ type: "left" });
  }, [next, dispatch]);

  // While the first samples are being made, ask again until there is a pair.
  useEffect(() => {
    if (stage.name !== "waiting") return;
    const timer = setTimeout(() => void next(), WAIT_MS);
    return () => clearTimeout(timer);
  }, [stage, next]);

  const open = useHasCome(opensAt);
  return { stage, open, next, vote, answer, send, takeBack, generate, painted };
}

/**
 * Has two models generate for a prompt of the voter's own, and follows them.
 * @param sendDecided what was decided before is sent first
 */
function usePrompt(
  board: string,
  dispatch: (event: ArenaEvent) => ArenaState,
  sendDecided: () => void,
  onShown: () => void,
) {
  return useCallback(
    async (prompt: string) => {
      sendDecided();
      const { turn } = dispatch({ type: "prompted", prompt, startedAt: Date.now() });
      try {
        let battle = await startLiveBattle(board, prompt);
        while (battle.state === "generating") {
          if (dispatch({ type: "generating", turn, battle }).turn !== turn) return;
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
          battle = await pollBattle(battle);
        }
        const loaded = await loadImages(battle);
        if (dispatch({ type: "arrived", turn, battle: loaded }).turn !== turn) return;
        onShown();
      } catch (thrown) {
        dispatch({ type: "failed", turn, error: asApiError(thrown) });
      }
    },
    [board, dispatch, sendDecided, onShown],
  );
}

/** The state of battle-state.ts, known to a handler from the moment it changes and not from the next render on. */
function useArenaState() {
  const [state, setState] = useState(FIRST);
  const now = useRef(FIRST);
  const current = useCallback(() => now.current, []);
  const dispatch = useCallback((event: ArenaEvent): ArenaState => {
    now.current = arenaAfter(now.current, event);
    setState(now.current);
    return now.current;
  }, []);
  return { state, current, dispatch };
}

/** A decided vote is never lost: whoever leaves before the details are done has voted. Also sends it on demand. */
function useVoteOnLeaving(current: () => ArenaState) {
  const sent = useRef<string | null>(null);
  const send = useCallback(() => {
    const { stage } = current();
    if (stage.name !== "detailing" || sent.current === stage.battle.battleId) return;
    sent.current = stage.battle.battleId;
    void sendVote(stage, true).catch(() => undefined);
  }, [current]);
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

function sendVote({ battle, outcome, criteria }: Decided, keepalive = false): Promise<VoteResponse> {
  const { battleId, token } = battle;
  const body: VoteRequest = { battleId, token, outcome, criteria };
  return callApi<VoteResponse>("/api/v1/votes", { body, keepalive });
}
