"use client";

import { useCallback, useEffect, useState } from "react";
import { z } from "zod";
import type { VoteResponse } from "@/lib/schemas/battles";

const tallySchema = z.object({
  votes: z.number().int(),
  /** Votes for the side that Elo expected to win. */
  withFavourite: z.number().int(),
  decided: z.number().int(),
  models: z.record(z.string(), z.object({ name: z.string(), chosen: z.number(), seen: z.number() })),
});
export type Tally = z.output<typeof tallySchema>;

const EMPTY: Tally = { votes: 0, withFavourite: 0, decided: 0, models: {} };
const KEY = "salon-tally";

/** A tally with one more vote. */
export function addVote(tally: Tally, { outcome, expected, left, right }: VoteResponse): Tally {
  const models = { ...tally.models };
  for (const [side, { model, name }] of [["left", left] as const, ["right", right] as const]) {
    const before = models[model] ?? { name, chosen: 0, seen: 0 };
    models[model] = { name, chosen: before.chosen + (outcome === side ? 1 : 0), seen: before.seen + 1 };
  }
  const decided = outcome === "left" || outcome === "right";
  const favoured = decided && (outcome === "left" ? expected : 1 - expected) >= 0.5;
  return {
    votes: tally.votes + 1,
    decided: tally.decided + (decided ? 1 : 0),
    withFavourite: tally.withFavourite + (favoured ? 1 : 0),
    models,
  };
}

/** This tab's own votes: kept in the session, told to nobody. */
export function useTally(): [Tally, (result: VoteResponse) => void] {
  const [tally, setTally] = useState<Tally>(EMPTY);
  useEffect(() => {
    try {
      const parsed = tallySchema.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? "null"));
      if (parsed.success) setTally(parsed.data);
    } catch {
      // Storage may be refused or hold something else: start from nothing.
    }
  }, []);
  const record = useCallback((result: VoteResponse) => {
    setTally((before) => {
      const after = addVote(before, result);
      try {
        sessionStorage.setItem(KEY, JSON.stringify(after));
      } catch {
        // The tally then lasts for this page only.
      }
      return after;
    });
  }, []);
  return [tally, record];
}
