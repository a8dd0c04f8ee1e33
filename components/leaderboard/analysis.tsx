import type { ReactNode } from "react";
import { count, counted } from "@/components/format";
import { analysedText, fragilityText } from "@/components/leaderboard/analysis-text";
import { MethodsTable } from "@/components/leaderboard/methods-table";
import { Neighbours } from "@/components/leaderboard/neighbours";
import { noteText } from "@/components/leaderboard/note-text";
import { PowerPlanner } from "@/components/leaderboard/power-planner";
import { TieLosses } from "@/components/leaderboard/tie-losses";
import { PairMatrix } from "@/components/leaderboard/pair-matrix";
import { BoardHistory } from "@/components/plots/board-history";
import { packHistory } from "@/components/plots/packed-history";
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
  const analysis = ofFirst(whole);
  const { snapshot } = analysis;
  const left = whole.models.length - analysis.models.length;
  const isThere = analysis.models.length > 1;
  const sentences = [
    ...(isThere ? firmness(whole) : []),
    ...excludedSentence(analysis.exclusions),
    ...analysis.notes.map(noteText),
  ];
  return (
    <section aria-labelledby="analysis" className="page-wide mt-20">
      <h2 id="analysis" className="text-3xl">
        How firm is this order?
      </h2>
      <p className="text-muted mt-3 max-w-3xl">
        {snapshot && isThere
          ? analysedText(snapshot)
          : "It has not been computed yet: pairs, other methods and what would settle the order follow by themselves."}
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
          Below are the first {MODELS_SHOWN} of {count(whole.models.length)} models.
        </p>
      )}
      <div className="mt-12 grid gap-x-16 gap-y-14 xl:grid-cols-2">
        {isThere && (
          <Panel title="Pair by pair">
            <PairMatrix board={board} models={analysis.models} pairs={analysis.pairs} />
          </Panel>
        )}
        <Panel title="Rating history">
          <BoardHistory history={packHistory(history)} />
        </Panel>
        {isThere && (
          <Panel title="Which neighbours differ?">
            <Neighbours models={analysis.models} power={analysis.power} />
          </Panel>
        )}
        {isThere && (
          <Panel title="How many votes would settle it?">
            <PowerPlanner models={analysis.models} pairs={analysis.pairs} power={analysis.power} />
          </Panel>
        )}
        {analysis.ties && (
          <Panel title="How ties are read" wide>
            <TieLosses ties={analysis.ties} />
          </Panel>
        )}
        {isThere && (
          <Panel title="Ranks by other methods" wide>
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
function firmness(analysis: BoardAnalysis): string[] {
  const fragile = fragilityText(analysis);
  const isSettled = analysis.power.every(({ separated }) => separated);
  return [
    ...(fragile === null ? [] : [fragile]),
    ...(isSettled ? ["The votes tell every two neighbours in rank apart."] : []),
  ];
}

function excludedSentence(exclusions: BoardAnalysis["exclusions"]): string[] {
  if (exclusions.length === 0) return [];
  const total = exclusions.reduce((sum, { votes }) => sum + votes, 0);
  const reasons = exclusions.map(({ reason, votes }) => `${reason} (${count(votes)})`).join(", ");
  return [`${counted(total, "vote")} left out by the operator, and marked in the vote log: ${reasons}.`];
}

function Panel({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${wide ? "xl:col-span-2" : ""}`}>
      <h3 className="mb-4 text-xl">{title}</h3>
      {children}
    </div>
  );
}
