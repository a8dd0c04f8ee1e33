import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Format } from "@/components/format";
import { MethodsTable } from "@/components/leaderboard/methods-table";
import { Neighbours } from "@/components/leaderboard/neighbours";
import { fragilitySentence, noteSentence, type BoardWords } from "@/components/leaderboard/page-text";
import { PowerPlanner } from "@/components/leaderboard/power-planner";
import { TieLosses } from "@/components/leaderboard/tie-losses";
import { PairMatrix } from "@/components/leaderboard/pair-matrix";
import { BoardHistory } from "@/components/plots/board-history";
import { packHistory } from "@/components/plots/packed-history";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";
import type { RatingHistory } from "@/lib/schemas/views";

/** Tables of models by models and lines of a plot are of so many of the first ones. */
export const MODELS_SHOWN = 16;

/** What stands behind a board's order: pairs, history, other methods, and how easily it would change; of many models, of the first ones. */
export function Analysis({
  board,
  analysis: whole,
  history,
}: {
  /** Slug. */
  board: string;
  analysis: BoardAnalysis;
  history: RatingHistory;
}) {
  const t = useTranslations("leaderboard");
  const format = useFormat();
  const analysis = ofFirst(whole);
  const { snapshot } = analysis;
  const left = whole.models.length - analysis.models.length;
  const isThere = analysis.models.length > 1;
  const sentences = [
    ...(isThere ? firmness(t, whole) : []),
    ...excludedSentence(t, format, analysis.exclusions),
    ...analysis.notes.map((note) => noteSentence(t, format, note)),
  ];
  return (
    <section aria-labelledby="analysis" className="page-wide mt-20">
      <h2 id="analysis" className="text-3xl">
        {t("analysis.title")}
      </h2>
      <p className="text-muted mt-3 max-w-3xl">
        {snapshot && isThere
          ? t("analysis.analysed", { n: snapshot.votes, moment: format.moment(snapshot.createdAt) })
          : t("analysis.notComputed")}
      </p>
      {sentences.length > 0 && (
        <ul className="mt-6 grid max-w-5xl gap-x-12 gap-y-3 md:grid-cols-2">
          {sentences.map((text) => (
            <li key={text} className="border-line border-t pt-3 font-serif text-lg leading-snug">
              {text}
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <p className="text-muted mt-8 text-sm">
          {t("analysis.firstOf", { shown: MODELS_SHOWN, n: whole.models.length })}
        </p>
      )}
      <div className="mt-12 grid gap-x-16 gap-y-14 xl:grid-cols-2">
        {isThere && (
          <Panel title={t("analysis.pairs")}>
            <PairMatrix board={board} models={analysis.models} pairs={analysis.pairs} />
          </Panel>
        )}
        <Panel title={t("analysis.history")}>
          <BoardHistory history={packHistory(history)} />
        </Panel>
        {isThere && (
          <Panel title={t("analysis.neighbours")}>
            <Neighbours models={analysis.models} power={analysis.power} />
          </Panel>
        )}
        {isThere && (
          <Panel title={t("analysis.power")}>
            <PowerPlanner models={analysis.models} pairs={analysis.pairs} power={analysis.power} />
          </Panel>
        )}
        {analysis.ties && (
          <Panel title={t("analysis.ties")} wide>
            <TieLosses ties={analysis.ties} />
          </Panel>
        )}
        {isThere && (
          <Panel title={t("analysis.methods")} wide>
            <MethodsTable models={analysis.models} methods={analysis.methods} />
          </Panel>
        )}
      </div>
    </section>
  );
}

/** What is said of the first models alone. */
function ofFirst(analysis: BoardAnalysis): BoardAnalysis {
  const models = analysis.models.slice(0, MODELS_SHOWN);
  if (models.length === analysis.models.length) return analysis;
  const first = new Set(models.map(({ slug }) => slug));
  const both = ({ a, b }: { a: string; b: string }) => first.has(a) && first.has(b);
  return {
    ...analysis,
    models,
    pairs: analysis.pairs.filter(both),
    power: analysis.power.filter(both),
    methods: analysis.methods.map(({ ranks, ...method }) => ({
      ...method,
      ranks: ranks.filter(({ model }) => first.has(model)),
    })),
  };
}

/** How easily the order would change, and what would settle it. */
function firmness(t: BoardWords, analysis: BoardAnalysis): string[] {
  const fragile = fragilitySentence(t, analysis);
  const isSettled = analysis.power.every(({ separated }) => separated);
  return [...(fragile === null ? [] : [fragile]), ...(isSettled ? [t("analysis.settled")] : [])];
}

function excludedSentence(
  t: BoardWords,
  { count }: Format,
  exclusions: BoardAnalysis["exclusions"],
): string[] {
  if (exclusions.length === 0) return [];
  const total = exclusions.reduce((sum, { votes }) => sum + votes, 0);
  const reasons = exclusions.map(({ reason, votes }) => `${reason} (${count(votes)})`).join(", ");
  return [t("analysis.excluded", { n: total, reasons })];
}

function Panel({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${wide ? "xl:col-span-2" : ""}`}>
      <h3 className="mb-4 text-xl">{title}</h3>
      {children}
    </div>
  );
}
