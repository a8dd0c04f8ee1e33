"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { pairAddress } from "@/components/explorer/explorer-text";
import { Segmented } from "@/components/segmented";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

type Pair = BoardAnalysis["pairs"][number];
type Mode = "observed" | "predicted" | "votes";

/** Percent of the tone in the paper: with more, ink on the accent falls below a contrast of 5 in dark. */
const STRONGEST_TINT = 45;

/** Every model against every other: share won, share the fit predicts, or votes between them, to which each cell leads. */
export function PairMatrix({
  board,
  models,
  pairs,
}: Pick<BoardAnalysis, "models" | "pairs"> & {
  /** Slug. */
  board: string;
}) {
  const t = useTranslations("leaderboard.pairs");
  const [mode, setMode] = useState<Mode>("observed");
  const byPair = new Map(pairs.map((pair) => [`${pair.a} ${pair.b}`, pair]));
  const most = Math.max(1, ...pairs.map(({ games }) => games));
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted text-sm">{mode === "votes" ? t("votesText") : t("shareText")}</p>
        <Segmented
          label={t("shows")}
          value={mode}
          onChange={setMode}
          options={{ observed: t("observed"), predicted: t("predicted"), votes: t("votes") }}
        />
      </div>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("region")}>
        <table className="w-full border-separate border-spacing-1 text-sm">
          <thead>
            <tr>
              <td />
              {models.map(({ slug, name }) => (
                <th key={slug} scope="col" className="text-muted max-w-24 px-1 pb-1 text-xs font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map((row) => (
              <tr key={row.slug}>
                <th scope="row" className="max-w-48 min-w-28 pr-3 text-left leading-snug font-normal">
                  <Link href={`/models/${row.slug}`} className="hover:text-accent">
                    {row.name}
                  </Link>
                </th>
                {models.map((column) => {
                  const pair = byPair.get(`${row.slug} ${column.slug}`);
                  return pair ? (
                    <Cell
                      key={column.slug}
                      pair={pair}
                      mode={mode}
                      most={most}
                      href={pairAddress(board, row.slug, column.slug)}
                    />
                  ) : (
                    <td
                      key={column.slug}
                      className="bg-sunk/60 h-11 min-w-14 rounded-sm"
                      aria-label={t("itself")}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cell({ pair, mode, most, href }: { pair: Pair; mode: Mode; most: number; href: string }) {
  const t = useTranslations("leaderboard");
  const { count, percent } = useFormat();
  const share = mode === "votes" ? pair.games / most : mode === "observed" ? pair.observed : pair.predicted;
  const extreme = share === null ? 0 : mode === "votes" ? share : Math.abs(share - 0.5) * 2;
  const tone = mode === "votes" || (share ?? 0) >= 0.5 ? "var(--accent)" : "var(--line-strong)";
  const shown = mode === "votes" ? count(pair.games) : percent(share);
  return (
    <td
      className="h-11 min-w-14 rounded-sm text-center tabular-nums"
      style={{
        background: `color-mix(in oklab, ${tone} ${Math.round(extreme * STRONGEST_TINT)}%, var(--paper))`,
      }}
    >
      {pair.games === 0 ? (
        shown
      ) : (
        <Link
          href={href}
          prefetch={false}
          className="grid h-full min-h-11 place-items-center hover:underline"
        >
          {shown}
          <span className="sr-only">, {t("votes", { n: pair.games })}</span>
        </Link>
      )}
    </td>
  );
}
