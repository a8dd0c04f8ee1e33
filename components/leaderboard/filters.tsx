"use client";

import { useTranslations } from "next-intl";
import { limitSteps } from "@/components/leaderboard/filter-rows";
import type { TableState } from "@/components/leaderboard/table-state";
import { costOf } from "@/components/leaderboard/value-points";
import { Segmented } from "@/components/segmented";
import { useFormat } from "@/components/use-format";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";

export type FilterProps = {
  board: Leaderboard;
  state: TableState;
  onChange: (change: Partial<TableState>) => void;
  /** What only the server answers: the page comes anew. */
  onAsk: (asked: Record<string, string | null>) => void;
};

/** What may be chosen of a board: each only where its models differ in it, or a link asks for it. */
export function Filters({ board, state, onChange, onAsk }: FilterProps) {
  const t = useTranslations("leaderboard.filters");
  const { dollars, networkSize } = useFormat();
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
        label={t("category")}
        value={board.category ?? ""}
        onChange={(value) => onAsk({ category: value || null })}
        options={[
          ["", t("allPrompts")],
          ...board.categories.map((name): Option => [name, name === LIVE_CATEGORY ? t("ownPrompts") : name]),
        ]}
      />
      {promptSets.length > 1 && (
        <Select
          label={t("metricsOver")}
          value={board.metricSet}
          onChange={(prompts) => onAsk({ prompts: prompts === promptSets[0].slug ? null : prompts })}
          options={promptSets.map(({ slug, name }) => [slug, t("metricsOverSet", { set: name })])}
        />
      )}
      {prices.length > 0 && (
        <Select
          label={t("price")}
          value={text(state.maxPrice)}
          onChange={(value) => onChange({ maxPrice: value === "" ? null : Number(value) })}
          options={[
            ["", t("anyPrice")],
            ...prices.map((price): Option => [
              String(price),
              price === 0 ? t("free") : t("upToPrice", { price: dollars(price) }),
            ]),
          ]}
        />
      )}
      {seconds.length > 0 && (
        <Select
          label={t("speed")}
          value={text(state.maxLatency)}
          onChange={(value) => onChange({ maxLatency: value === "" ? null : Number(value) })}
          options={[
            ["", t("anySpeed")],
            ...seconds.map((limit): Option => [String(limit), t("within", { seconds: String(limit) })]),
          ]}
        />
      )}
      {sizes.length > 0 && (
        <Select
          label={t("size")}
          value={text(state.maxSize)}
          onChange={(value) => onChange({ maxSize: value === "" ? null : Number(value) })}
          options={[
            ["", t("anySize")],
            ...sizes.map((size): Option => [String(size), t("upToSize", { size: networkSize(size) })]),
          ]}
        />
      )}
      <OpenWeights state={state} onChange={onChange} />
      {licences.length > 0 && (
        <Select
          label={t("licence")}
          value={state.licence ?? ""}
          onChange={(value) => onChange({ licence: value || null })}
          options={[["", t("anyLicence")], ...licences.map(twice)]}
        />
      )}
      {paradigms.length > 0 && (
        <Select
          label={t("paradigm")}
          value={state.paradigm ?? ""}
          onChange={(value) => onChange({ paradigm: value || null })}
          options={[["", t("anyParadigm")], ...paradigms.map(twice)]}
        />
      )}
      <RatedBy board={board} onAsk={onAsk} />
    </>
  );
}

function OpenWeights({ state, onChange }: Pick<FilterProps, "state" | "onChange">) {
  const t = useTranslations("leaderboard.filters");
  return (
    <Select
      label={t("weights")}
      value={state.openWeights ?? ""}
      onChange={(value) => onChange({ openWeights: value === "yes" || value === "no" ? value : null })}
      options={[
        ["", t("anyWeights")],
        ["yes", t("openWeights")],
        ["no", t("closedWeights")],
      ]}
    />
  );
}

/** By what the ratings are: votes alone, with style held equal, or with a judge's verdicts. */
function RatedBy({ board, onAsk }: Pick<FilterProps, "board" | "onAsk">) {
  const t = useTranslations("leaderboard.filters");
  const { judges } = board;
  const by = board.withJudge ? `judge:${board.withJudge.judge.slug}` : board.styleControl ? "controlled" : "";
  return (
    <Segmented
      label={t("ratedBy")}
      value={by}
      onChange={(chosen) =>
        onAsk({
          style: chosen === "controlled" ? chosen : null,
          judge: chosen.startsWith("judge:") ? chosen.slice("judge:".length) : null,
        })
      }
      options={{
        "": t("asVoted"),
        controlled: t("styleControlled"),
        ...Object.fromEntries(
          judges.map(({ slug, name }) => [
            `judge:${slug}`,
            judges.length === 1 ? t("peopleAndJudge") : t("peopleAnd", { judge: name }),
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
      className={`field min-h-11 w-full py-1 pr-8 text-sm md:min-h-9 md:w-auto md:max-w-56 ${value ? "" : "text-muted"}`}
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
