"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import {
  loadBattle,
  loadPictures,
  pollBattle,
  startLiveBattle,
  type LoadedBattle,
} from "@/components/arena/load-battle";
import type { BattleResponse, Outcome, VoteRequest, VoteResponse } from "@/lib/schemas/api";

/** What the stage shows. */
export type Stage =
  | { name: "loading" }
  /** No pair can be shown yet: the first samples are still being made. */
  | { name: "waiting"; message: string }
  /** Two models are generating for the voter's own prompt. */
  | { name: "painting"; prompt: string; battle: BattleResponse | null; startedAt: number }
  | { name: "ready"; battle: LoadedBattle; note: string | null }
  | { name: "voting"; battle: LoadedBattle; outcome: Outcome }
  | { name: "revealed"; battle: LoadedBattle; outcome: Outcome; result: VoteResponse }
  | { name: "failed"; error: ApiError };

const WAIT_MS = 3_000;
const POLL_MS = 600;
/** A prefetched pair that takes longer than this is seen to be waited for. */
const PATIENCE_MS = 150;

/** Battles one after another: the next is fetched and decoded while the present one is looked at. */
export function useBattles(board: string, onVote: (result: VoteResponse) => void) {
  const [stage, setStage] = useState<Stage>({ name: "loading" });
  const prefetched = useRef<Promise<LoadedBattle> | null>(null);
  /** Answers that belong to an earlier pair are dropped. */
  const turn = useRef(0);
  /** The turn whose pair is being fetched: a second "next" meanwhile would skip a pair unseen. */
  const moving = useRef<number | null>(null);

  const prefetch = useCallback(() => {
    const battle = loadBattle(board);
    battle.catch(() => undefined);
    prefetched.current = battle;
  }, [board]);

  const next = useCallback(async () => {
    if (moving.current !== null && moving.current === turn.current) return;
    const mine = (moving.current = ++turn.current);
    const promised = prefetched.current;
    prefetched.current = null;
    const patience = setTimeout(
      () => setStage((now) => (now.name === "waiting" ? now : { name: "loading" })),
      promised ? PATIENCE_MS : 0,
    );
    try {
      // A prefetched pair that failed is worth one fresh try.
      const battle = await (promised?.catch(() => loadBattle(board)) ?? loadBattle(board));
      if (turn.current !== mine) return;
      setStage({ name: "ready", battle, note: null });
      prefetch();
    } catch (thrown) {
      if (turn.current !== mine) return;
      const error = asApiError(thrown);
      setStage(
        error.code === "not_ready" ? { name: "waiting", message: error.message } : { name: "failed", error },
      );
    } finally {
      clearTimeout(patience);
      if (moving.current === mine) moving.current = null;
    }
  }, [board, prefetch]);

  const vote = useCallback(
    async (outcome: Outcome) => {
      if (stage.name !== "ready") return;
      const { battle } = stage;
      const mine = turn.current;
      setStage({ name: "voting", battle, outcome });
      const body: VoteRequest = { battleId: battle.battleId, token: battle.token, outcome };
      try {
        const result = await callApi<VoteResponse>("/api/v1/votes", { body });
        if (turn.current !== mine) return;
        setStage({ name: "revealed", battle, outcome: result.outcome, result });
        onVote(result);
      } catch (thrown) {
        if (turn.current !== mine) return;
        const error = asApiError(thrown);
        // What may pass is tried again on the same pair; a refused pair is replaced.
        if (["offline", "rate_limited", "internal"].includes(error.code))
          setStage({ name: "ready", battle, note: `Your vote was not counted. ${error.message}` });
        else setStage({ name: "failed", error });
      }
    },
    [stage, onVote],
  );

  const paint = useCallback(
    async (prompt: string) => {
      const mine = ++turn.current;
      const startedAt = Date.now();
      setStage({ name: "painting", prompt, battle: null, startedAt });
      try {
        let battle = await startLiveBattle(board, prompt);
        while (battle.state === "generating") {
          if (turn.current !== mine) return;
          setStage({ name: "painting", prompt, battle, startedAt });
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
          battle = await pollBattle(battle);
        }
        const loaded = await loadPictures(battle);
        if (turn.current !== mine) return;
        setStage({ name: "ready", battle: loaded, note: null });
        if (!prefetched.current) prefetch();
      } catch (thrown) {
        if (turn.current === mine) setStage({ name: "failed", error: asApiError(thrown) });
      }
    },
    [board, prefetch],
  );

  // The first pair, and again whenever the board changes.
  useEffect(() => {
    prefetched.current = null;
    void next();
    return () => {
      turn.current++;
    };
  }, [next]);

  // While the first samples are being made, ask again until there is a pair.
  useEffect(() => {
    if (stage.name !== "waiting") return;
    const timer = setTimeout(() => void next(), WAIT_MS);
    return () => clearTimeout(timer);
  }, [stage, next]);

  return { stage, next, vote, paint };
}
