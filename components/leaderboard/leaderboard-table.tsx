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
import { counted } from "@/components/format";
import { axisOf } from "@/components/interval-bar";
import { LeaderboardCards } from "@/components/leaderboard/leaderboard-cards";
import { filledColumns, leaderboardColumns } from "@/components/leaderboard/columns";
import { MetricNotes } from "@/components/leaderboard/metric-notes";
import { metricNames } from "@/components/leaderboard/metric-names";
import { OwnColumns } from "@/components/leaderboard/own-columns";
import {
  keepOwnColumns,
  keptOwnColumns,
  writeOwnColumns,
  type OwnColumnText,
} from "@/components/leaderboard/own-columns-text";
import { filterRows, unknownCosts } from "@/components/leaderboard/filter-rows";
import {
  DEFAULT_STATE,
  isShown,
  parseTableState,
  usualColumns,
  writeTableState,
  type TableState,
} from "@/components/leaderboard/table-state";
import { ValueChart } from "@/components/leaderboard/value-chart";
import { Toolbar } from "@/components/leaderboard/toolbar";
import { ScrollRegion } from "@/components/scroll-region";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

/** A board: sorted, filtered and linkable. What it shows is always what its address says. */
export function LeaderboardTable({ board, initial }: { board: Leaderboard; initial: TableState }) {
  const { state, change, pending, ask, showOwn } = useAddress(initial);
  const { table, axis, isEmpty } = useBoardTable(board, state);
  const hideable = table.getAllLeafColumns().filter((column) => column.getCanHide());
  const api = `/api/v1/leaderboards/${board.board.slug}`;
  const shown = table.getRowModel().rows.map((row) => row.original);

  return (
    <div>
      <Toolbar
        board={board}
        state={state}
        onChange={change}
        onAsk={ask}
        shown={shown.length}
        formulas={<OwnColumns board={board} onChange={showOwn} />}
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
      <LeftOut {...unknownCosts(board.rows, state)} />
      {isEmpty ? (
        <div className="card text-muted mt-6 p-10 text-center">
          <p>No model matches.</p>
          <button type="button" className="button-quiet mt-4" onClick={() => change(DEFAULT_STATE)}>
            Clear the filters
          </button>
        </div>
      ) : (
        <div className={`transition-opacity ${pending ? "opacity-50" : ""}`}>
          <Rows table={table} onSort={(sort) => change({ sort })} />
          <LeaderboardCards rows={shown} axis={axis} own={board.ownColumns} />
          <MetricNotes columns={board.metricColumns} />
          <ValueChart models={shown} />
        </div>
      )}
    </div>
  );
}

/** Of how many models a limit could not be checked. */
function LeftOut({ price, latency }: { price: number; latency: number }) {
  const parts = [
    ...(price > 0 ? [`${counted(price, "model")} of unknown price`] : []),
    ...(latency > 0 ? [`${counted(latency, "model")} of unknown speed`] : []),
  ];
  return (
    <p role="status" className={parts.length > 0 ? "text-muted mt-3 text-sm" : undefined}>
      {parts.length > 0 && `Left out: ${parts.join(" and ")}.`}
    </p>
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
  const usual = useMemo(() => usualColumns(filledColumns(columns, rows), metricNames(rows)), [columns, rows]);
  const filtered = useMemo(() => filterRows(rows, state), [rows, state]);

  // Kept by identity: a new array a render would sort anew, reset the page index and so render without end.
  const sorting = useMemo(() => [state.sort], [state.sort]);
  const table = useReactTable({
    data: filtered,
    columns,
    getRowId: (row) => row.modelId,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(
        columns.map(({ id, enableHiding }) => [
          id ?? "",
          enableHiding === false || isShown(id ?? "", state, usual),
        ]),
      ),
    },
    enableSortingRemoval: false,
    autoResetPageIndex: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return { table, axis, isEmpty: filtered.length === 0 };
}

/** What is typed, sorted or laid out replaces the address; what is filtered is a step that Back takes back. */
const STEPS: (keyof TableState)[] = ["openWeights", "licence", "paradigm", "maxPrice", "maxLatency"];

/** The table's state, kept in the page's address, and what the server is asked for. */
function useAddress(initial: TableState) {
  const router = useRouter();
  const path = usePathname();
  const [pending, startTransition] = useTransition();
  const [state, setState] = useState(initial);
  // Back and forward may show the page as it was rendered first; what was chosen since stands in the address.
  useEffect(() => {
    const read = () => {
      const linked = parseTableState(new URLSearchParams(window.location.search));
      setState((before) => (writeTableState(before) === writeTableState(linked) ? before : linked));
    };
    read();
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);

  const change = (part: Partial<TableState>) => {
    const next = { ...state, ...part };
    setState(next);
    const query = writeTableState(next, window.location.search);
    if (query === window.location.search.slice(1)) return;
    const address = query ? `${path}?${query}` : path;
    if (STEPS.some((name) => next[name] !== state[name])) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  };

  /** What the server answers: it renders the page anew. */
  const ask = useCallback(
    (asked: Record<string, string | null>, how: "push" | "replace" = "push") => {
      const params = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(asked)) {
        if (value) params.set(name, value);
        else params.delete(name);
      }
      startTransition(() => router[how](`${path}?${params}`, { scroll: false }));
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
    if (own && !new URLSearchParams(window.location.search).has("own")) ask({ own }, "replace");
  }, [ask]);
  return { state, change, pending, ask, showOwn };
}

function Rows({
  table,
  onSort,
}: {
  table: Table<LeaderboardRow>;
  onSort: (sort: TableState["sort"]) => void;
}) {
  return (
    <ScrollRegion label="Board" className="border-line mt-5 hidden border-y md:block">
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
      className={`px-3 py-2 text-left align-bottom font-normal ${pin(column.id)} ${meta?.align === "right" ? "text-right" : ""} ${meta?.grows ? "w-1/3 min-w-[27rem]" : ""}`}
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
      {meta?.under && <div className="mt-1 ml-40">{meta.under}</div>}
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
