"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { callApi } from "@/components/api-client";
import { ComparedPromptsTable } from "@/components/comparisons/compared-prompts";
import { PairShare } from "@/components/comparisons/pair-share";
import { useEdit } from "@/components/forms/use-edit";
import { Comparison, useComparison } from "@/components/runs/compare-runs";
import { useApi } from "@/components/use-api";
import { DEFAULT_QUESTION } from "@/lib/schemas/battles";
import type { ComparisonResults } from "@/lib/schemas/comparisons";

const POLL_MS = 15_000;

/** What people say of a comparison's runs, beside their metrics. */
export function ComparisonResultsView({ initial }: { initial: ComparisonResults }) {
  const t = useTranslations("comparisons");
  const site = useTranslations("site.format");
  const path = `/api/v1/comparisons/${initial.comparisonId}`;
  const { data, refresh } = useApi<ComparisonResults>(path, {
    initial,
    wait: ({ archived }) => (archived ? null : POLL_MS),
  });
  const { save, notice, problem } = useEdit<{ archived?: boolean; showsNames?: boolean }>({
    send: async (body, revision) => {
      await callApi<ComparisonResults>(path, { body, revision });
      await refresh();
    },
    theirs: async (change) => {
      const newest = await callApi<ComparisonResults>(path);
      const inWords = (value: boolean) => site(value ? "yes" : "no");
      const labels = { archived: t("results.closed"), showsNames: t("tellNames") };
      return (["archived", "showsNames"] as const).flatMap((name) => {
        const mine = change[name];
        if (mine === undefined || mine === newest[name]) return [];
        return [{ label: labels[name], mine: inWords(mine), theirs: inWords(newest[name]) }];
      });
    },
    onTake: refresh,
  });
  const { name, question, runs, votes, voters, ownVotes, archived, showsNames, pairs } = data;
  const change = (body: { archived?: boolean; showsNames?: boolean }) => save(body, data.revision);
  return (
    <>
      <p className="eyebrow">
        <Link href="/comparisons" className="hover:text-ink">
          {t("list.title")}
        </Link>
        {archived && t("results.closedMark")}
      </p>
      <h1 className="mt-2 text-4xl break-words" translate="no">
        {name}
      </h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t("results.about", {
          question: question ?? DEFAULT_QUESTION,
          ...{ votes, voters, own: ownVotes, pairs: data.pairsPerVoter },
        })}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-3 text-sm">
        {!archived && (
          <Link className="button-quiet button-small" href={`/comparisons/${data.comparisonId}/vote`}>
            {t("results.vote")}
          </Link>
        )}
        {(["csv", "jsonl", "parquet"] as const).map((format) => (
          <a
            key={format}
            className="button-quiet button-small"
            href={`${path}/votes?format=${format}`}
            download
          >
            <Download className="size-4" aria-hidden="true" /> {FORMATS[format]}
          </a>
        ))}
        <button
          type="button"
          className="button-quiet button-small"
          onClick={() => void change({ archived: !archived })}
        >
          {t(archived ? "results.reopen" : "results.close")}
        </button>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={showsNames}
            onChange={(event) => void change({ showsNames: event.target.checked })}
          />{" "}
          {t("tellNames")}
        </label>
      </div>
      {notice && <div className="mt-4">{notice}</div>}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {pairs.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">{t("results.tooFew")}</p>
      ) : (
        <Pairs comparisonId={data.comparisonId} pairs={pairs} runs={runs} />
      )}
    </>
  );
}

const FORMATS = { csv: "CSV", jsonl: "JSON lines", parquet: "Parquet" } as const;

function Pairs({ comparisonId, pairs, runs }: Pick<ComparisonResults, "comparisonId" | "pairs" | "runs">) {
  const t = useTranslations("comparisons.results");
  const [chosen, setChosen] = useState(0);
  const pair = pairs[chosen] ?? pairs[0];
  const nameOf = (id: string) => runs.find(({ runId }) => runId === id)?.name ?? "";
  const names: [string, string] = [nameOf(pair.first), nameOf(pair.second)];
  return (
    <section className="mt-12" aria-labelledby="people">
      <h2 id="people" className="text-2xl">
        {t("people")}
      </h2>
      {pairs.length > 1 && (
        <label className="mt-4 block max-w-md text-sm">
          <span className="text-muted mb-1 block">{t("which")}</span>
          <select
            className="field"
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {pairs.map(({ first, second, votes }, at) => (
              <option key={`${first} ${second}`} value={at}>
                {t("pair", { first: nameOf(first), second: nameOf(second), votes })}
              </option>
            ))}
          </select>
        </label>
      )}
      <PairShare pair={pair} names={names} />
      <Metrics key={`metrics ${pair.first} ${pair.second}`} first={pair.first} second={pair.second} />
      <ComparedPromptsTable
        key={`prompts ${pair.first} ${pair.second}`}
        comparisonId={comparisonId}
        first={pair.first}
        second={pair.second}
      />
    </section>
  );
}

/** The same two runs' metrics, paired by prompt. */
function Metrics({ first, second }: { first: string; second: string }) {
  const t = useTranslations("comparisons.results");
  const { data, error } = useComparison(first, second);
  return (
    <section className="mt-12" aria-labelledby="metrics">
      <h3 id="metrics" className="text-xl">
        {t("metrics")}
      </h3>
      {error && <p className="text-muted mt-3 text-sm">{error.message}</p>}
      {data && <Comparison comparison={data} />}
    </section>
  );
}
