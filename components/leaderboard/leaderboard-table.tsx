"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Explain } from "@/components/explain";
import { axisOf } from "@/components/interval-bar";
import { LeaderboardCards } from "@/components/leaderboard/leaderboard-cards";
import { sortRows, type BoardColumn } from "@/components/leaderboard/board-column";
import { filledColumns, leaderboardColumns } from "@/components/leaderboard/columns";
import { MetricNotes } from "@/components/leaderboard/metric-notes";
import { joined } from "@/components/leaderboard/page-text";
import { metricNames } from "@/components/leaderboard/metric-names";
import { OwnColumns } from "@/components/leaderboard/own-columns";
import { writeOwnColumns } from "@/components/leaderboard/own-columns-text";
import { filterRows, unknownCosts } from "@/components/leaderboard/filter-rows";
import {
  DEFAULT_STATE,
  FIRST_ROWS,
  isAsRanked,
  isShown,
  usualColumns,
  type TableState,
} from "@/components/leaderboard/table-state";
import { useAllRows } from "@/components/leaderboard/use-all-rows";
import { useTableAddress } from "@/components/leaderboard/use-table-address";
import { ValueChart } from "@/components/leaderboard/value-chart";
import { Toolbar } from "@/components/leaderboard/toolbar";
import { ScrollRegion } from "@/components/scroll-region";
import { useFormat } from "@/components/use-format";
import { FEWEST_COMPARED } from "@/lib/schemas/model-comparison";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

/**
 * A board: sorted, filtered and linkable. What it shows is always what its address says.
 * @param props.models how many rows the board has, of which the first may be all that is given
 */
export function LeaderboardTable({
  board: given,
  models = given.rows.length,
  initial,
}: {
  board: Leaderboard;
  models?: number;
  initial: TableState;
}) {
  const t = useTranslations("leaderboard");
  const { state, change, pending, ask, showOwn } = useTableAddress(initial);
  const [wantsAll, setWantsAll] = useState(false);
  const { board, isWhole, error } = useAllRows(given, {
    models,
    address: `/api/v1/leaderboards/${given.board.slug}?${downloadQuery(given)}`,
    isNeeded: wantsAll || !isAsRanked(state),
  });
  const { columns, visible, found, axis } = useBoardTable(board, state);
  const hideable = columns.filter(({ enableHiding }) => enableHiding !== false);
  const api = `/api/v1/leaderboards/${board.board.slug}`;
  const shown = wantsAll && isWhole ? found : found.slice(0, FIRST_ROWS);
  const total = isWhole ? found.length : models;

  return (
    <div>
      <Toolbar
        board={board}
        state={state}
        onChange={change}
        onAsk={ask}
        shown={total}
        formulas={<OwnColumns board={board} onChange={showOwn} />}
        compare={`/leaderboard/${board.board.slug}/compare?vs=${shown.slice(0, FEWEST_COMPARED).map(({ model }) => model)}`}
        sortable={columns
          .filter(({ enableSorting }) => enableSorting !== false)
          .map(({ id, sortDescFirst, meta }) => ({
            id: `${sortDescFirst ? "-" : ""}${id}`,
            label: meta.label,
          }))}
        columns={hideable.map((column) => ({
          id: column.id,
          label: column.meta.label,
          shown: visible.includes(column),
        }))}
        onToggleColumn={(id) =>
          change({
            columns: hideable
              .filter((column) => visible.includes(column) !== (column.id === id))
              .map(({ id }) => id),
          })
        }
        downloads={[
          { label: t("table.csv"), href: `${api}?${downloadQuery(board, { format: "csv" })}` },
          { label: t("table.json"), href: `${api}?${downloadQuery(board)}` },
          { label: t("table.voteLog"), href: `/api/v1/votes/export?board=${board.board.slug}&format=csv` },
        ]}
      />
      <LeftOut {...unknownCosts(board.rows, state)} />
      {found.length === 0 ? (
        <div className="card text-muted mt-6 p-10 text-center">
          <p>{t("table.noMatch")}</p>
          <button type="button" className="button-quiet mt-4" onClick={() => change(DEFAULT_STATE)}>
            {t("table.clear")}
          </button>
        </div>
      ) : (
        <div
          className={`transition-opacity ${pending || (!isWhole && !isAsRanked(state)) ? "opacity-50" : ""}`}
        >
          <Rows columns={visible} rows={shown} sort={state.sort} onSort={(sort) => change({ sort })} />
          <LeaderboardCards rows={shown} axis={axis} own={board.ownColumns} isVideo={board.board.isVideo} />
          {shown.length < total && (
            <p className="mt-4 text-center text-sm" role="status">
              {t("table.firstOf", { shown: shown.length, n: total })}{" "}
              <button
                type="button"
                className="button-quiet button-small"
                disabled={wantsAll}
                onClick={() => setWantsAll(true)}
              >
                {t("table.showAll")}
              </button>
              {error && <span className="text-alarm block pt-2">{error.message}</span>}
            </p>
          )}
          <MetricNotes columns={board.metricColumns} isVideo={board.board.isVideo} />
          <ValueChart models={shown} />
        </div>
      )}
    </div>
  );
}

/** Of how many models a limit could not be checked. */
function LeftOut({ price, latency, size }: ReturnType<typeof unknownCosts>) {
  const t = useTranslations("leaderboard");
  const parts = [
    ...(price > 0 ? [t("table.unknownPrice", { n: price })] : []),
    ...(latency > 0 ? [t("table.unknownSpeed", { n: latency })] : []),
    ...(size > 0 ? [t("table.unknownSize", { n: size })] : []),
  ];
  return (
    <p role="status" className={parts.length > 0 ? "text-muted mt-3 text-sm" : undefined}>
      {parts.length > 0 && t("table.leftOut", { list: joined(t, parts) })}
    </p>
  );
}

/** The board's columns, those that are shown, the rows that the state lets through, sorted, and the axis that all ratings share. */
function useBoardTable(board: Leaderboard, state: TableState) {
  const t = useTranslations("leaderboard");
  const format = useFormat();
  const { rows } = board;
  const axis = useMemo(
    () => axisOf(rows.map((row) => ({ low: row.ratingLow, high: row.ratingHigh }))),
    [rows],
  );
  const columns = useMemo(
    () =>
      leaderboardColumns(t, format, axis, metricNames(rows), {
        own: board.ownColumns,
        hasJudges: board.judges.length > 0,
        isVideo: board.board.isVideo,
      }),
    [t, format, axis, rows, board.ownColumns, board.judges.length, board.board.isVideo],
  );
  const usual = useMemo(() => usualColumns(filledColumns(columns, rows), metricNames(rows)), [columns, rows]);
  const { id, desc } = state.sort;
  const found = useMemo(
    () =>
      sortRows(
        filterRows(rows, state),
        columns.find((column) => column.id === id),
        desc,
      ),
    [rows, state, columns, id, desc],
  );
  const visible = columns.filter(
    ({ id, enableHiding }) => enableHiding === false || isShown(id, state, usual),
  );
  return { columns, visible, found, axis };
}

function Rows({
  columns,
  rows,
  sort,
  onSort,
}: {
  columns: BoardColumn[];
  rows: LeaderboardRow[];
  sort: TableState["sort"];
  onSort: (sort: TableState["sort"]) => void;
}) {
  const t = useTranslations("leaderboard");
  return (
    <ScrollRegion label={t("table.region")} className="border-line mt-5 hidden border-y md:block">
      <table className="w-full border-separate border-spacing-0 text-[0.9375rem]">
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.modelId} className="group">
              {columns.map(({ id, meta, cell }) => (
                <td
                  key={id}
                  className={`border-line group-hover:bg-paper border-t px-3 py-3 align-middle ${pin(id)} ${meta.align === "right" ? "text-right" : ""}`}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Rank and name stay while the rest scrolls sideways. */
function pin(id: string): string {
  if (id === "rank") return "sticky left-0 z-10 w-16 min-w-16 bg-page";
  if (id === "model") return "sticky left-16 z-10 bg-page";
  return "";
}

function HeaderCell({
  column: { id, meta, sortDescFirst, enableSorting: sortable = true },
  sort,
  onSort,
}: {
  column: BoardColumn;
  sort: TableState["sort"];
  onSort: (sort: TableState["sort"]) => void;
}) {
  const sorted = sort.id !== id ? null : sort.desc ? "desc" : "asc";
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={
        !sortable ? undefined : sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"
      }
      className={`px-3 py-2 text-left align-middle font-normal ${pin(id)} ${meta.align === "right" ? "text-right" : ""} ${meta.grows ? "w-1/3 min-w-[27rem]" : ""}`}
    >
      <span className={`flex items-center gap-1 ${meta.align === "right" ? "justify-end" : ""}`}>
        <button
          type="button"
          disabled={!sortable}
          onClick={() => onSort({ id, desc: sorted ? sorted === "asc" : Boolean(sortDescFirst) })}
          className={`flex items-center gap-1 ${meta.align === "right" ? "flex-row-reverse" : ""} text-xs font-medium whitespace-nowrap ${sorted ? "text-ink" : "text-muted hover:text-ink"}`}
        >
          {meta.label}
          <Arrow className={`size-3 ${sorted ? "" : "opacity-0"}`} aria-hidden="true" />
        </button>
        {meta.meaning && <Explain about={meta.label}>{meta.meaning}</Explain>}
      </span>
      {meta.under && <div className="mt-1 ml-40">{meta.under}</div>}
    </th>
  );
}

/** The query that gives what is shown: the cut, the control and the reader's columns. */
function downloadQuery(board: Leaderboard, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    ...(board.category && { category: board.category }),
    ...(board.metricSet !== board.promptSets[0].slug && { prompts: board.metricSet }),
    ...(board.styleControl && { style: "controlled" }),
    ...(board.withJudge && { judge: board.withJudge.judge.slug }),
    ...(board.ownColumns.length > 0 && { own: writeOwnColumns(board.ownColumns) }),
    ...more,
  }).toString();
}
