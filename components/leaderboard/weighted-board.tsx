"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { axisOf, AxisTicks, IntervalBar } from "@/components/interval-bar";
import { criterionNoteSentence, kindOf, whereOf } from "@/components/leaderboard/page-text";
import { writeWeights, type WeightsText } from "@/components/leaderboard/weights-text";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { useSettled } from "@/components/use-settled";
import type { WeightedBoardResponse } from "@/lib/schemas/leaderboard";

type Name = WeightedBoardResponse["criteria"][number]["criterion"];

/** A slider's rest, so that a drag asks once. */
const REST_MS = 120;
const FULL = 100;

/** The board by the reader's own weights of its criteria. Shown where the board asks about more than overall. */
export function WeightedBoard({
  initial,
  given,
  isVideo,
}: {
  initial: WeightedBoardResponse;
  /** What the address says; null: nothing. */
  given: WeightsText | null;
  isVideo: boolean;
}) {
  const t = useTranslations("leaderboard.weighted");
  const [weights, setWeights] = useState(() =>
    Object.fromEntries(
      initial.criteria.map(({ criterion, weight }) => [
        criterion,
        given ? (given[criterion] ?? 0) : weight * FULL,
      ]),
    ),
  );
  useWeightsInAddress(weights);
  const { board, problem } = useBoard(initial, weights);
  const isSilent = initial.criteria.every(({ criterion, votes }) => criterion === "overall" || votes === 0);
  return (
    <section aria-labelledby="weights" className="page-wide mt-20">
      <h2 id="weights" className="text-3xl">
        {t("title")}
      </h2>
      <p className="text-muted mt-3 max-w-2xl">{t("text", { ties: initial.ties })}</p>
      {isSilent ? (
        <p className="card text-muted mt-6 max-w-2xl p-6">
          {t.rich("silent", {
            ...whereOf(initial.category),
            ...kindOf({ isVideo }),
            link: (chunks) => (
              <Link className="link" href={`/arena?board=${initial.board}`}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      ) : (
        <div className="mt-6 grid gap-x-16 gap-y-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <Sliders criteria={initial.criteria} weights={weights} onChange={setWeights} />
          <div className="min-w-0">
            {problem && (
              <p role="alert" className="text-alarm mb-3 text-sm">
                {problem}
              </p>
            )}
            <Rows board={board} />
          </div>
        </div>
      )}
    </section>
  );
}

type Weights = Record<string, number>;

/** The page's address keeps the weights. */
function useWeightsInAddress(weights: Weights) {
  useEffect(() => {
    const params = new URLSearchParams(window.location.search);
    const text = writeWeights(weights);
    if (text) params.set("weights", text);
    else params.delete("weights");
    const query = params.toString();
    if (query !== window.location.search.slice(1))
      window.history.replaceState(null, "", `${window.location.pathname}${query && `?${query}`}`);
  }, [weights]);
}

function Sliders({
  criteria,
  weights,
  onChange,
}: Pick<WeightedBoardResponse, "criteria"> & { weights: Weights; onChange: (weights: Weights) => void }) {
  const t = useTranslations("leaderboard");
  const { percent } = useFormat();
  const only = (name: Name) =>
    onChange(Object.fromEntries(criteria.map(({ criterion }) => [criterion, criterion === name ? FULL : 0])));
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return (
    <ul className="grid content-start gap-5">
      {criteria.map(({ criterion, votes }) => (
        <li key={criterion}>
          <div className="flex items-baseline justify-between gap-3">
            <label htmlFor={`weight-${criterion}`} className="font-medium">
              {t(`criteria.${criterion}`)}
            </label>
            <span className="text-muted text-sm tabular-nums">
              {t("votes", { n: votes })} · {percent(total > 0 ? weights[criterion] / total : 0)}
            </span>
          </div>
          <div className="mt-1 flex items-center gap-3">
            <input
              id={`weight-${criterion}`}
              type="range"
              min={0}
              max={FULL}
              step={5}
              value={weights[criterion]}
              disabled={votes === 0}
              aria-valuetext={percent(total > 0 ? weights[criterion] / total : 0)}
              onChange={(event) => onChange({ ...weights, [criterion]: Number(event.target.value) })}
              className="h-8 min-w-0 flex-1 accent-(--accent) disabled:opacity-40"
            />
            <button
              type="button"
              className="button-quiet button-small"
              disabled={votes === 0}
              onClick={() => only(criterion)}
              aria-label={t("criteria.only", { criterion })}
            >
              {t("weighted.only")}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The board by the weights at rest; the last one stays while the next is on its way. */
function useBoard(initial: WeightedBoardResponse, weights: Record<string, number>) {
  const t = useTranslations("leaderboard.weighted");
  const query = new URLSearchParams(Object.entries(weights).map(([name, weight]) => [name, String(weight)]));
  if (initial.category) query.set("category", initial.category);
  const path = `/api/v1/leaderboards/${initial.board}/weights?${query}`;
  const [first] = useState(path);
  const settled = useSettled(path, REST_MS);
  const isNothing = Object.values(weights).every((weight) => weight === 0);
  const { data, error } = useApi<WeightedBoardResponse>(settled === first || isNothing ? null : settled, {
    keepsLast: true,
  });
  return {
    board: settled === first ? initial : (data ?? initial),
    problem: isNothing ? t("noWeight") : (error?.message ?? null),
  };
}

function Rows({ board }: { board: WeightedBoardResponse }) {
  const t = useTranslations("leaderboard");
  const { points, rankSpread } = useFormat();
  const axis = axisOf(board.rows.map(({ ratingLow: low, ratingHigh: high }) => ({ low, high })));
  return (
    <>
      {axis && (
        <table className="w-full text-sm">
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="w-14 py-2 text-left font-medium">
                {t("columns.rank")}
              </th>
              <th scope="col" className="py-2 pr-4 text-left font-medium">
                {t("columns.model")}
              </th>
              <th scope="col" className="w-14 py-2 text-right font-medium">
                {t("columns.rating")}
              </th>
              <th scope="col" className="w-2/5 py-2 pl-5 sm:w-1/2">
                <span className="sr-only">{t("columns.interval")}</span>
                <AxisTicks axis={axis} />
              </th>
            </tr>
          </thead>
          <tbody>
            {board.rows.map((row) => (
              <tr key={row.model} className="border-line border-t">
                <td className="py-2 tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</td>
                <th scope="row" className="py-2 pr-4 text-left leading-snug font-normal">
                  <Link href={`/models/${row.model}`} className="hover:text-accent">
                    {row.name}
                  </Link>
                </th>
                <td className="py-2 text-right tabular-nums">{points(row.rating)}</td>
                <td className="py-2 pl-5">
                  <IntervalBar
                    value={row.rating}
                    low={row.ratingLow}
                    high={row.ratingHigh}
                    axis={axis}
                    strong={row.rank === 1}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {board.unrated.length > 0 && (
        <p className="text-muted mt-3 text-sm">
          {t("weighted.unrated", { models: board.unrated.map(({ name }) => name).join(", ") })}
        </p>
      )}
      {board.remarks.map((remark) => (
        <p key={`${remark.code} ${remark.criterion}`} className="text-muted mt-3 text-sm">
          {criterionNoteSentence(t, remark)}
        </p>
      ))}
    </>
  );
}
