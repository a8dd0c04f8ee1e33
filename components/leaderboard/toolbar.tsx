"use client";

import { Columns2, Columns3, Download, Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FilterSheet } from "@/components/leaderboard/filter-sheet";
import { Filters, Select, type FilterProps } from "@/components/leaderboard/filters";
import { countFilters } from "@/components/leaderboard/table-state";
import { Popover } from "@/components/popover";

type ToolbarProps = FilterProps & {
  /** How many models are let through. */
  shown: number;
  /** The button of the reader's own columns. */
  formulas: ReactNode;
  /** Where the first models shown are held against each other. */
  compare: string;
  sortable: { id: string; label: string }[];
  columns: { id: string; label: string; shown: boolean }[];
  onToggleColumn: (id: string) => void;
  downloads: { label: string; href: string }[];
};

/** Search, filters, columns and downloads above a board. */
export function Toolbar(props: ToolbarProps) {
  const t = useTranslations("leaderboard.toolbar");
  const { board, state, onChange, onAsk } = props;
  const filters = <Filters {...{ board, state, onChange, onAsk }} />;
  return (
    <div
      className="grid grid-cols-2 items-center gap-2 md:flex md:flex-wrap"
      role="search"
      aria-label={t("label")}
    >
      <label className="relative col-span-2 md:max-w-60 md:min-w-40 md:flex-1">
        <span className="sr-only">{t("searchFor")}</span>
        <Search
          className="text-muted pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2"
          aria-hidden="true"
        />
        <input
          type="search"
          className="field min-h-9 py-1 pl-9 text-sm"
          placeholder={t("search")}
          value={state.query}
          onChange={(event) => onChange({ query: event.target.value })}
        />
      </label>
      <span className="hidden md:contents">{filters}</span>
      <FilterSheet active={countFilters(state) + (board.category ? 1 : 0)} shown={props.shown}>
        {filters}
      </FilterSheet>
      <span className="md:hidden">
        <Select
          label={t("sortBy")}
          value={`${state.sort.desc ? "-" : ""}${state.sort.id}`}
          onChange={(value) =>
            onChange({ sort: { id: value.replace(/^-/, ""), desc: value.startsWith("-") } })
          }
          options={props.sortable.map(({ id, label }) => [id, t("sort", { column: label })])}
        />
      </span>
      <span className="col-span-2 flex flex-wrap justify-end gap-2 md:ml-auto">
        <Link href={props.compare} prefetch={false} className="button-quiet button-small">
          <Columns2 className="size-4" aria-hidden="true" /> {t("compare")}
        </Link>
        {props.formulas}
        <span className="hidden md:block">
          <ColumnMenu columns={props.columns} onToggle={props.onToggleColumn} />
        </span>
        <DownloadMenu downloads={props.downloads} />
      </span>
    </div>
  );
}

function ColumnMenu({
  columns,
  onToggle,
}: {
  columns: ToolbarProps["columns"];
  onToggle: ToolbarProps["onToggleColumn"];
}) {
  const t = useTranslations("leaderboard.toolbar");
  return (
    <Flyout
      trigger={
        <>
          <Columns3 className="size-4" aria-hidden="true" /> {t("columns")}
        </>
      }
    >
      <fieldset className="grid gap-0.5">
        <legend className="eyebrow px-2 pb-1">{t("columns")}</legend>
        {columns.map(({ id, label, shown }) => (
          <label key={id} className="hover:bg-sunk flex items-center gap-3 rounded px-2 py-1.5 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={shown}
              onChange={() => onToggle(id)}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </Flyout>
  );
}

function DownloadMenu({ downloads }: Pick<ToolbarProps, "downloads">) {
  const t = useTranslations("leaderboard.toolbar");
  return (
    <Flyout
      trigger={
        <>
          <Download className="size-4" aria-hidden="true" /> {t("download")}
        </>
      }
    >
      <ul>
        {downloads.map(({ label, href }) => (
          <li key={href}>
            <a href={href} download className="hover:bg-sunk block rounded px-2 py-2 text-sm">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Flyout>
  );
}

function Flyout({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Popover
      trigger={trigger}
      className="button-quiet button-small"
      align="end"
      offset={6}
      contentClassName="card fade-in z-50 max-h-[min(28rem,80svh)] min-w-52 overflow-y-auto p-2 shadow-lg"
    >
      {children}
    </Popover>
  );
}
