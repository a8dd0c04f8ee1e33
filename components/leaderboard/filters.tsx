"use client";

import { dollars, networkSize } from "@/components/format";
import { categoryName } from "@/components/leaderboard/category-text";
import { limitSteps } from "@/components/leaderboard/filter-rows";
import type { TableState } from "@/components/leaderboard/table-state";
import { costOf } from "@/components/leaderboard/value-points";
import { Segmented } from "@/components/segmented";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

export type FilterProps = {
  board: Leaderboard;
  state: TableState;
  onChange: (change: Partial<TableState>) => void;
  /** What only the server answers: the page comes anew. */
  onAsk: (asked: Record<string, string | null>) => void;
};

/** What may be chosen of a board: each only where its models differ in it, or a link asks for it. */
export function Filters({ board, state, onChange, onAsk }: FilterProps) {
  const { rows, promptSets } = board;
  const paradigms = distinct(rows, "paradigm", state.paradigm);
  const licences = distinct(rows, "licence", state.licence);
  const prices = limitSteps(
    rows.map((row) => costOf(row, "price")),
    state.maxPrice,
  );
  const seconds = limitSteps(
    rows.map(({ medianLatencyMs }) => medianLatencyMs && medianLatencyMs / 1000),
    state.maxLatency,
  );
  const sizes = limitSteps(
    rows.map(({ parameters }) => parameters),
    state.maxSize,
  );
  return (
    <>
      <Select
        label="Category"
        value={board.category ?? ""}
        onChange={(value) => onAsk({ category: value || null })}
        options={[["", "All prompts"], ...board.categories.map((name): Option => [name, categoryName(name)])]}
      />
      {promptSets.length > 1 && (
        <Select
          label="Metrics over"
          value={board.metricSet}
          onChange={(prompts) => onAsk({ prompts: prompts === promptSets[0].slug ? null : prompts })}
          options={promptSets.map(({ slug, name }) => [slug, `Metrics over ${name}`])}
        />
      )}
      {prices.length > 0 && (
        <Select
          label="Price"
          value={text(state.maxPrice)}
          onChange={(value) => onChange({ maxPrice: value === "" ? null : Number(value) })}
          options={[
            ["", "Any price"],
            ...prices.map((price): Option => [
              String(price),
              price === 0 ? "Free" : `Up to ${dollars(price)} per 1k`,
            ]),
          ]}
        />
      )}
      {seconds.length > 0 && (
        <Select
          label="Speed"
          value={text(state.maxLatency)}
          onChange={(value) => onChange({ maxLatency: value === "" ? null : Number(value) })}
          options={[
            ["", "Any speed"],
            ...seconds.map((limit): Option => [String(limit), `Within ${limit} s`]),
          ]}
        />
      )}
      {sizes.length > 0 && (
        <Select
          label="Size"
          value={text(state.maxSize)}
          onChange={(value) => onChange({ maxSize: value === "" ? null : Number(value) })}
          options={[
            ["", "Any size"],
            ...sizes.map((size): Option => [String(size), `Up to ${networkSize(size)} parameters`]),
          ]}
        />
      )}
      <Select
        label="Weights"
        value={state.openWeights ?? ""}
        onChange={(value) => onChange({ openWeights: value === "yes" || value === "no" ? value : null })}
        options={[
          ["", "Open or closed"],
          ["yes", "Open weights"],
          ["no", "Closed weights"],
        ]}
      />
      {licences.length > 0 && (
        <Select
          label="Licence"
          value={state.licence ?? ""}
          onChange={(value) => onChange({ licence: value || null })}
          options={[["", "Any licence"], ...licences.map(twice)]}
        />
      )}
      {paradigms.length > 0 && (
        <Select
          label="Paradigm"
          value={state.paradigm ?? ""}
          onChange={(value) => onChange({ paradigm: value || null })}
          options={[["", "Any paradigm"], ...paradigms.map(twice)]}
        />
      )}
      <RatedBy board={board} onAsk={onAsk} />
    </>
  );
}

/** By what the ratings are: votes alone, with style held equal, or with a judge's verdicts. */
function RatedBy({ board, onAsk }: Pick<FilterProps, "board" | "onAsk">) {
  const { judges } = board;
  const by = board.withJudge ? `judge:${board.withJudge.judge.slug}` : board.styleControl ? "controlled" : "";
  return (
    <Segmented
      label="What the ratings are by"
      value={by}
      onChange={(chosen) =>
        onAsk({
          style: chosen === "controlled" ? chosen : null,
          judge: chosen.startsWith("judge:") ? chosen.slice("judge:".length) : null,
        })
      }
      options={{
        "": "As voted",
        controlled: "Style-controlled",
        ...Object.fromEntries(
          judges.map(({ slug, name }) => [
            `judge:${slug}`,
            judges.length === 1 ? "People + judge" : `People + ${name}`,
          ]),
        ),
      }}
    />
  );
}

type Option = [value: string, label: string];
const twice = (name: string): Option => [name, name];
const text = (limit: number | null) => (limit === null ? "" : String(limit));

/** The values that rows have, and the chosen one, by the alphabet. */
function distinct(rows: LeaderboardRow[], key: "paradigm" | "licence", chosen: string | null): string[] {
  return [...new Set([...rows.map((row) => row[key]), chosen].flatMap((value) => value || []))].sort();
}

export function Select({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: Option[];
}) {
  return (
    <select
      aria-label={label}
      className={`field min-h-11 w-full py-1 pr-8 text-sm md:min-h-9 md:w-auto md:max-w-44 ${value ? "" : "text-muted"}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}
