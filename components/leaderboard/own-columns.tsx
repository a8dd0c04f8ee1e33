"use client";

import { Sigma, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { writeOwnColumns, type OwnColumnText } from "@/components/leaderboard/own-columns-text";
import { kindOf } from "@/components/leaderboard/page-text";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { useSettled } from "@/components/use-settled";
import type { Leaderboard, LeaderboardResponse } from "@/lib/schemas/leaderboard";

type Tried = Leaderboard["ownColumns"][number];

const EXAMPLE = "elo / log10(price)";
/** Typing settles before the formula is tried. */
const PAUSE_MS = 250;

/** A reader's columns: formulas over a row's numbers, tried on this board while they are typed. */
export function OwnColumns({
  board,
  onChange,
}: {
  board: Leaderboard;
  onChange: (columns: OwnColumnText[]) => void;
}) {
  const t = useTranslations("leaderboard.ownColumns");
  const draft = useDraft(board, onChange);
  const columns = board.ownColumns;
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button-quiet button-small">
        <Sigma className="size-4" aria-hidden="true" /> {t("formulas")}
        {columns.length > 0 && <span className="text-muted tabular-nums">{columns.length}</span>}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content className="card fade-in fixed top-1/2 left-1/2 z-50 max-h-[90svh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto p-6 shadow-lg">
          <Dialog.Title className="text-2xl">{t("title")}</Dialog.Title>
          <Dialog.Description className="text-muted mt-1 text-sm">{t("text")}</Dialog.Description>
          {columns.length > 0 && <ColumnList columns={columns} onChange={onChange} />}
          <ColumnForm board={board} draft={draft} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The column that is being written. It outlives the dialog, so that closing it loses nothing. */
function useDraft(board: Leaderboard, onChange: (columns: OwnColumnText[]) => void) {
  const [name, setName] = useState("");
  const [formula, setFormula] = useState("");

  const tried = useTried(board, formula);
  // What was tried is the text without spaces at its ends.
  const current = tried?.formula === formula.trim() ? tried : null;
  const isReady = current !== null && current.error === null;
  const add = () => {
    if (!isReady) return;
    onChange([...board.ownColumns, { name: name.trim() || formula.trim(), formula: formula.trim() }]);
    setName("");
    setFormula("");
  };
  return { name, setName, formula, setFormula, current, isReady, add };
}

function ColumnList({
  columns,
  onChange,
}: {
  columns: Tried[];
  onChange: (columns: OwnColumnText[]) => void;
}) {
  const t = useTranslations("leaderboard.ownColumns");
  return (
    <ul className="border-line mt-4 border-t">
      {columns.map((column, index) => (
        <li key={`${index} ${column.formula}`} className="border-line flex items-center gap-3 border-b py-2">
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{column.name}</span>
            <Located formula={column.formula} error={column.error} />
          </span>
          <button
            type="button"
            className="button-quiet button-small"
            aria-label={t("remove", { column: column.name })}
            onClick={() => onChange(columns.filter((other) => other !== column))}
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function ColumnForm({ board, draft }: { board: Leaderboard; draft: ReturnType<typeof useDraft> }) {
  const t = useTranslations("leaderboard.ownColumns");
  const { name, setName, formula, setFormula, current, isReady, add } = draft;
  const input = useRef<HTMLInputElement>(null);
  const insert = (word: string) => {
    const box = input.current;
    const [from, to] = [box?.selectionStart ?? formula.length, box?.selectionEnd ?? formula.length];
    setFormula(formula.slice(0, from) + word + formula.slice(to));
    box?.focus();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      className="mt-4 grid gap-3"
    >
      <label className="grid gap-1 text-sm">
        {t("name")}
        <input
          className="field"
          maxLength={40}
          value={name}
          placeholder={t("example")}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="grid gap-1 text-sm">
        {t("formula")}
        <input
          ref={input}
          className="field font-mono"
          maxLength={200}
          value={formula}
          placeholder={EXAMPLE}
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={current?.error ? true : undefined}
          aria-describedby="formula-verdict"
          // A semicolon ends a column in the link.
          onChange={(event) => setFormula(event.target.value.replaceAll(";", ""))}
        />
      </label>
      <div id="formula-verdict" aria-live="polite" className="min-h-16 text-sm">
        {current?.error ? (
          <Located formula={current.formula} error={current.error} />
        ) : current ? (
          <Preview tried={current} board={board} />
        ) : (
          <p className="text-muted">{t("grammar")}</p>
        )}
      </div>
      <div className="flex flex-wrap gap-1.5" role="group" aria-label={t("names")}>
        {board.numbers.map((word) => (
          <button
            key={word}
            type="button"
            className="bg-sunk hover:bg-accent-soft rounded px-2 py-1 font-mono text-xs"
            onClick={() => insert(word)}
          >
            {word}
          </button>
        ))}
      </div>
      <p className="text-muted text-xs">{t("units", kindOf(board.board))}</p>
      <div className="mt-2 flex justify-end gap-2">
        <Dialog.Close className="button-quiet">{t("done")}</Dialog.Close>
        <button type="submit" className="button-primary" disabled={!isReady || board.ownColumns.length >= 8}>
          {t("add")}
        </button>
      </div>
    </form>
  );
}

/** The formula at rest, and what it gives on this board. */
function useTried(board: Leaderboard, formula: string): Tried | null {
  const settled = useSettled(formula, PAUSE_MS);
  const query = new URLSearchParams({ own: writeOwnColumns([{ name: "tried", formula: settled }]) });
  if (board.category) query.set("category", board.category);
  query.set("prompts", board.metricSet);
  const { data } = useApi<LeaderboardResponse>(
    settled.trim() && `/api/v1/leaderboards/${board.board.slug}?${query}`,
  );
  return data?.ownColumns[0] ?? null;
}

/** A line below with a caret under a position. */
const under = (position: number) => `\n${" ".repeat(position)}^`;

/** A formula, and where it is wrong: a caret under the character at fault. */
function Located({ formula, error }: Pick<Tried, "formula" | "error">) {
  const t = useTranslations("leaderboard.ownColumns");
  return (
    <>
      <pre className="overflow-x-auto font-mono text-xs leading-snug">
        {formula}
        {error && <span className="text-alarm">{under(error.position)}</span>}
      </pre>
      {error && (
        <p className="text-alarm text-sm">
          {t("problem", { n: error.position + 1, message: error.message })}
        </p>
      )}
    </>
  );
}

function Preview({ tried, board }: { tried: Tried; board: Leaderboard }) {
  const t = useTranslations("leaderboard.ownColumns");
  const { significant } = useFormat();
  const known = board.rows.filter((row) => typeof tried.values[row.model] === "number");
  if (known.length === 0) return <p className="text-muted">{t("noRow")}</p>;
  const values = known
    .slice(0, 3)
    .map((row) => `${row.name} ${significant(tried.values[row.model])}`)
    .join(", ");
  const without = board.rows.length - known.length;
  return <p className="text-muted">{without > 0 ? t("without", { values, n: without }) : values}</p>;
}
