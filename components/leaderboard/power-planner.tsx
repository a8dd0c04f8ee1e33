"use client";

import { useState } from "react";
import { count, counted, percent } from "@/components/format";
import { isPracticallyEqual, PRACTICALLY_EQUAL_VOTES } from "@/components/leaderboard/analysis-text";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** About how many votes would tell any two models apart: the closest unsettled neighbours first. */
export function PowerPlanner({ models, pairs, power }: Pick<BoardAnalysis, "models" | "pairs" | "power">) {
  const open = power.find(({ separated }) => !separated) ?? power[0];
  const [a, setA] = useState(open?.a ?? models[0].slug);
  const [b, setB] = useState(open?.b ?? models[1].slug);
  const name = (slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;
  const pair = pairs.find((pair) => pair.a === a && pair.b === b);
  const select = (label: string, value: string, onChange: (slug: string) => void) => (
    <label className="grid min-w-40 flex-1 gap-1 text-sm">
      <span className="text-muted">{label}</span>
      <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
        {models.map((model) => (
          <option key={model.slug} value={model.slug}>
            {model.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div>
      <div className="flex max-w-xl flex-wrap gap-3">
        {select("To separate", a, setA)}
        {select("from", b, setB)}
      </div>
      <p className="mt-4 font-serif text-2xl leading-snug" aria-live="polite">
        {!pair
          ? "Choose two different models."
          : pair.separated
            ? `${name(a)} and ${name(b)} are told apart already.`
            : pair.directVotes === null || isPracticallyEqual(pair)
              ? `${name(a)} and ${name(b)} are practically equal.`
              : `About ${counted(pair.directVotes, "more vote")} between the two.`}
      </p>
      {pair && (
        <p className="text-muted mt-2 max-w-xl text-sm">
          {counted(pair.games, "vote")} so far: {count(pair.wins)} for {name(a)}, {count(pair.losses)} for{" "}
          {name(b)}, {counted(pair.ties, "tie")}, {count(pair.bothBad)} both bad. {name(a)} is expected to win{" "}
          {percent(pair.predicted)} ({percent(pair.predictedLow)} to {percent(pair.predictedHigh)}).
          {isPracticallyEqual(pair)
            ? ` Telling them apart would take more than ${count(PRACTICALLY_EQUAL_VOTES)} votes on the two alone.`
            : pair.boardVotes !== null &&
              !pair.separated &&
              ` Or about ${counted(pair.boardVotes, "more vote")} over the whole board, spread as now.`}
          {!pair.separated &&
            !isPracticallyEqual(pair) &&
            " For a difference as large as it now seems, seen at 95% in four cases of five."}
        </p>
      )}
    </div>
  );
}
