"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { isPracticallyEqual, PRACTICALLY_EQUAL_VOTES } from "@/components/leaderboard/analysis-text";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** About how many votes would tell any two models apart: the closest unsettled neighbours first. */
export function PowerPlanner({ models, pairs, power }: Pick<BoardAnalysis, "models" | "pairs" | "power">) {
  const t = useTranslations("leaderboard");
  const { percent } = useFormat();
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
        {select(t("planner.separate"), a, setA)}
        {select(t("planner.from"), b, setB)}
      </div>
      <p className="mt-4 font-serif text-2xl leading-snug" aria-live="polite">
        {!pair
          ? t("planner.choose")
          : pair.separated
            ? t("planner.apart", { a: name(a), b: name(b) })
            : pair.directVotes === null || isPracticallyEqual(pair)
              ? t("planner.equal", { a: name(a), b: name(b) })
              : t("planner.more", { n: pair.directVotes })}
      </p>
      {pair && (
        <p className="text-muted mt-2 max-w-xl text-sm">
          {t("planner.soFar", {
            n: pair.games,
            a: name(a),
            b: name(b),
            wins: pair.wins,
            losses: pair.losses,
            ties: pair.ties,
            bothBad: pair.bothBad,
            share: percent(pair.predicted),
            low: percent(pair.predictedLow),
            high: percent(pair.predictedHigh),
          })}
          {isPracticallyEqual(pair)
            ? ` ${t("planner.takesMore", { n: PRACTICALLY_EQUAL_VOTES })}`
            : pair.boardVotes !== null &&
              !pair.separated &&
              ` ${t("planner.overBoard", { n: pair.boardVotes })}`}
          {!pair.separated && !isPracticallyEqual(pair) && ` ${t("planner.power")}`}
        </p>
      )}
    </div>
  );
}
