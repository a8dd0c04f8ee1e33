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
import type {
  BattleResponse,
  CriteriaOutcomes,
  Outcome,
  VoteRequest,
  VoteResponse,
} from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

/** What the stage shows. */
export type Stage =
  | { name: "loading" }
  /** No pair can be shown yet: the first samples are still being made. */
  | { name: "waiting"; message: string }
  /** Two models are generating for the voter's own prompt. */
  | { name: "painting"; prompt: string; battle: BattleResponse | null; startedAt: number }
  | { name: "ready"; battle: LoadedBattle; note: string | null }
  /** The vote is decided, and single criteria may follow: names are covered until it is sent. */
  | { name: "detailing"; battle: LoadedBattle; outcome: Outcome; criteria: CriteriaOutcomes }
  | { name: "voting"; battle: LoadedBattle; outcome: Outcome }
  | { name: "revealed"; battle: LoadedBattle; outcome: Outcome; result: VoteResponse }
  | { name: "failed"; error: ApiError };

const WAIT_MS = 3_000;
const POLL_MS = 600;
/** A prefetched pair that takes longer than this is seen to be waited for. */
const PATIENCE_MS = 150;

/**
 * Battles one after another: the next is fetched and decoded while the present one is looked at.
 * @param asksDetails whether a vote waits for what the voter says of single criteria
 */
export function useBattles(board: string, onVote: (result: VoteResponse) => void, asksDetails: boolean) {
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

  const cast = useCallback(
    async ({ battle, outcome, criteria }: Decided) => {
      const mine = turn.current;
      setStage({ name: "voting", battle, outcome });
      try {
        const result = await sendVote({ battle, outcome, criteria });
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
    [onVote],
  );

  const vote = useCallback(
    (outcome: Outcome) => {
      if (stage.name !== "ready") return;
      const { battle } = stage;
      if (asksDetails && battle.criteria.length > 0)
        setStage({ name: "detailing", battle, outcome, criteria: {} });
      else void cast({ battle, outcome, criteria: {} });
    },
    [stage, asksDetails, cast],
  );

  /** Say which is better by a criterion, the next one unless told; after the last one the vote is sent. */
  const answer = useCallback(
    (outcome: Outcome, criterion?: Criterion) => {
      if (stage.name !== "detailing") return;
      const { battle } = stage;
      const open = battle.criteria.filter((name) => stage.criteria[name] === undefined);
      const named = criterion ?? open[0];
      const criteria = { ...stage.criteria, [named]: outcome };
      if (open.every((name) => name === named)) void cast({ ...stage, criteria });
      else setStage({ ...stage, criteria });
    },
    [stage, cast],
  );

  const send = useCallback(() => {
    if (stage.name === "detailing") void cast(stage);
  }, [stage, cast]);

  /** Take the last answer back; before any, the vote itself. */
  const takeBack = useCallback(() => {
    if (stage.name !== "detailing") return;
    const { battle, criteria } = stage;
    const last = battle.criteria.findLast((name) => criteria[name] !== undefined);
    if (last === undefined) setStage({ name: "ready", battle, note: null });
    else setStage({ ...stage, criteria: { ...criteria, [last]: undefined } });
  }, [stage]);

  // A decided vote is never lost: whoever leaves before the details are done has voted.
  const decided = useRef<Decided | null>(null);
  useEffect(() => {
    decided.current = stage.name === "detailing" ? stage : null;
  }, [stage]);
  useEffect(() => {
    const leave = () => {
      if (decided.current) void sendVote(decided.current, true).catch(() => undefined);
      decided.current = null;
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  const paint = useCallback(
    async (prompt: string) => {
      if (decided.current) void sendVote(decided.current, true).catch(() => undefined);
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

  return { stage, next, vote, answer, send, takeBack, paint };
}

type Decided = { battle: LoadedBattle; outcome: Outcome; criteria: CriteriaOutcomes };

function sendVote({ battle, outcome, criteria }: Decided, keepalive = false): Promise<VoteResponse> {
  const { battleId, token } = battle;
  const body: VoteRequest = { battleId, token, outcome, criteria };
  return callApi<VoteResponse>("/api/v1/votes", { body, keepalive });
}
