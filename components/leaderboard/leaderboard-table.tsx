"use client";

import {
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type Header,
  type Table,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState, useTransition } from "react";
import { axisOf } from "@/components/interval-bar";
import { LeaderboardCards } from "@/components/leaderboard/leaderboard-cards";
import { leaderboardColumns } from "@/components/leaderboard/columns";
import { MetricNotes } from "@/components/leaderboard/metric-notes";
import { metricNames } from "@/components/leaderboard/metric-names";
import { OwnColumns } from "@/components/leaderboard/own-columns";
import {
  keepOwnColumns,
  keptOwnColumns,
  writeOwnColumns,
  type OwnColumnText,
} from "@/components/leaderboard/own-columns-text";
import {
  DEFAULT_STATE,
  isShown,
  writeTableState,
  type TableState,
} from "@/components/leaderboard/table-state";
import { ValueChart } from "@/components/leaderboard/value-chart";
import { Toolbar } from "@/components/leaderboard/toolbar";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

/** A board: sorted, filtered and linkable. What it shows is always what its address says. */
export function LeaderboardTable({ board, initial }: { board: Leaderboard; initial: TableState }) {
  const [state, setState] = useState(initial);
  const { table, axis, isEmpty } = useBoardTable(board, state);
  const { pending, ask, showOwn } = useAddress(state);
  const change = (part: Partial<TableState>) => setState((before) => ({ ...before, ...part }));
  const hideable = table.getAllLeafColumns().filter((column) => column.getCanHide());
  const api = `/api/v1/leaderboards/${board.board.slug}`;

  return (
    <div>
      <Toolbar
        state={state}
        onChange={change}
        category={board.category}
        categories={board.categories}
        onCategory={(category) => ask({ category })}
        promptSets={board.promptSets}
        metricSet={board.metricSet}
        onMetricSet={(prompts) => ask({ prompts: prompts === board.promptSets[0].slug ? null : prompts })}
        by={board.withJudge ? `judge:${board.withJudge.judge.slug}` : board.styleControl ? "controlled" : ""}
        onBy={(by) =>
          ask({
            style: by === "controlled" ? by : null,
            judge: by.startsWith("judge:") ? by.slice("judge:".length) : null,
          })
        }
        judges={board.judges}
        formulas={<OwnColumns board={board} onChange={showOwn} />}
        paradigms={distinct(board.rows.map((row) => row.paradigm))}
        sortable={table
          .getAllLeafColumns()
          .filter((column) => column.getCanSort())
          .map((column) => ({
            id: `${column.columnDef.sortDescFirst ? "-" : ""}${column.id}`,
            label: column.columnDef.meta?.label ?? column.id,
          }))}
        columns={hideable.map((column) => ({
          id: column.id,
          label: column.columnDef.meta?.label ?? column.id,
          shown: column.getIsVisible(),
        }))}
        onToggleColumn={(id) =>
          change({
            columns: hideable
              .filter((column) => column.getIsVisible() !== (column.id === id))
              .map(({ id }) => id),
          })
        }
        downloads={[
          { label: "Table as CSV", href: `${api}?${downloadQuery(board, { format: "csv" })}` },
          { label: "Table as JSON", href: `${api}?${downloadQuery(board)}` },
          { label: "Vote log as CSV", href: `/api/v1/votes/export?board=${board.board.slug}&format=csv` },
        ]}
      />
      {isEmpty ? (
        <div className="card text-muted mt-6 p-10 text-center">
          <p>No model matches.</p>
          <button type="button" className="button-quiet mt-4" onClick={() => change({ ...DEFAULT_STATE })}>
            Clear the filters
          </button>
        </div>
      ) : (
        <div className={`transition-opacity ${pending ? "opacity-50" : ""}`}>
          <Rows table={table} onSort={(sort) => change({ sort })} />
          <LeaderboardCards
            rows={table.getRowModel().rows.map((row) => row.original)}
            axis={axis}
            own={board.ownColumns}
          />
          <MetricNotes columns={board.metricColumns} />
          <ValueChart models={table.getRowModel().rows.map((row) => row.original)} />
        </div>
      )}
    </div>
  );
}

/** The rows that the state lets through, as TanStack's table, and the axis that all ratings share. */
function useBoardTable(board: Leaderboard, state: TableState) {
  const { rows } = board;
  const axis = useMemo(
    () => axisOf(rows.map((row) => ({ low: row.ratingLow, high: row.ratingHigh }))),
    [rows],
  );
  const columns = useMemo(
    () => leaderboardColumns(axis, metricNames(rows), board.ownColumns, board.judges.length > 0),
    [axis, rows, board.ownColumns, board.judges.length],
  );
  const filtered = useMemo(() => rows.filter((row) => passes(row, state)), [rows, state]);

  // Kept by identity: a new array a render would sort anew, reset the page index and so render without end.
  const sorting = useMemo(() => [state.sort], [state.sort]);
  const table = useReactTable({
    data: filtered,
    columns,
    getRowId: (row) => row.modelId,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(
        columns.map(({ id, enableHiding }) => [id ?? "", enableHiding === false || isShown(id ?? "", state)]),
      ),
    },
    enableSortingRemoval: false,
    autoResetPageIndex: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return { table, axis, isEmpty: filtered.length === 0 };
}

/** Keeps the state in the page's address, and asks the server for what only it can answer. */
function useAddress(state: TableState) {
  const router = useRouter();
  const path = usePathname();
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    const query = writeTableState(state, window.location.search);
    if (query !== window.location.search.slice(1))
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
  }, [state, path]);

  /** What the server answers: it renders the page anew. */
  const ask = useCallback(
    (asked: Record<string, string | null>) => {
      const params = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(asked)) {
        if (value) params.set(name, value);
        else params.delete(name);
      }
      startTransition(() => router.replace(`${path}?${params}`, { scroll: false }));
    },
    [router, path],
  );
  const showOwn = (columns: OwnColumnText[]) => {
    const own = writeOwnColumns(columns);
    keepOwnColumns(own);
    ask({ own });
  };
  // A bare link shows this browser's own columns; one that names columns shows those.
  useEffect(() => {
    const own = keptOwnColumns();
    if (own && !new URLSearchParams(window.location.search).has("own")) ask({ own });
  }, [ask]);
  return { pending, ask, showOwn };
}

function Rows({
  table,
  onSort,
}: {
  table: Table<LeaderboardRow>;
  onSort: (sort: TableState["sort"]) => void;
}) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Board"
      className="border-line mt-5 hidden overflow-x-auto border-y md:block"
    >
      <table className="w-full border-separate border-spacing-0 text-[0.9375rem]">
        <thead>
          <tr>
            {table.getFlatHeaders().map((header) => (
              <HeaderCell key={header.id} header={header} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className="group">
              {row.getVisibleCells().map((cell) => (
                <td
                  key={cell.id}
                  className={`border-line group-hover:bg-paper border-t px-3 py-3 align-middle ${pin(cell.column.id)} ${cell.column.columnDef.meta?.align === "right" ? "text-right" : ""}`}
                >
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rank and name stay while the rest scrolls sideways. */
function pin(id: string): string {
  if (id === "rank") return "sticky left-0 z-10 w-16 min-w-16 bg-page";
  if (id === "model") return "sticky left-16 z-10 bg-page";
  return "";
}

function HeaderCell({
  header,
  onSort,
}: {
  header: Header<LeaderboardRow, unknown>;
  onSort: (sort: TableState["sort"]) => void;
}) {
  const { column } = header;
  const { meta, sortDescFirst } = column.columnDef;
  const sorted = column.getIsSorted();
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  const sortable = column.getCanSort();
  return (
    <th
      scope="col"
      aria-sort={
        !sortable ? undefined : sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"
      }
      className={`px-3 py-2 text-left align-bottom font-normal ${pin(column.id)} ${meta?.align === "right" ? "text-right" : ""} ${meta?.grows ? "w-1/3 min-w-72" : ""}`}
    >
      <button
        type="button"
        disabled={!sortable}
        title={meta?.meaning}
        onClick={() => onSort({ id: column.id, desc: sorted ? sorted === "asc" : Boolean(sortDescFirst) })}
        className={`flex items-center gap-1 ${meta?.align === "right" ? "ml-auto flex-row-reverse" : ""} text-xs font-medium whitespace-nowrap ${sorted ? "text-ink" : "text-muted hover:text-ink"}`}
      >
        {meta?.label ?? column.id}
        <Arrow className={`size-3 ${sorted ? "" : "opacity-0"}`} aria-hidden="true" />
      </button>
      {meta?.under && <div className="mt-1 ml-24">{meta.under}</div>}
    </th>
  );
}

function passes(row: LeaderboardRow, { query, openWeights, paradigm }: TableState): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted && !`${row.name} ${row.creator} ${row.model}`.toLowerCase().includes(wanted)) return false;
  if (openWeights && row.openWeights !== (openWeights === "yes")) return false;
  return !paradigm || row.paradigm === paradigm;
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

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
}
