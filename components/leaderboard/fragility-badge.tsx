import type { ReactNode } from "react";
import { Explain } from "@/components/explain";
import { counted, percent } from "@/components/format";
import { fragilityText } from "@/components/leaderboard/analysis-text";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/**
 * How many votes hold up the first place, beside the board.
 * @param props.isProvisional whether the leader has fewer votes than the board asks for
 */
export function FragilityBadge({
  analysis,
  isProvisional = false,
}: {
  analysis: BoardAnalysis;
  isProvisional?: boolean;
}) {
  const { fragility, models, snapshot } = analysis;
  if (snapshot === null || models.length < 2) return null;
  if (fragility === null) {
    // A vote or two cannot be halved: only a leader that the votes tell from all others stands firm.
    const isToldApart =
      !isProvisional && analysis.pairs.every(({ a, separated }) => a !== models[0].slug || separated);
    return (
      <Explained
        why={
          isToldApart
            ? "No removal of up to half of the votes was found that changes it."
            : isProvisional
              ? "The leader has too few votes yet."
              : "The votes do not tell the leader from every other model yet."
        }
        className="bg-accent-soft text-accent rounded-full px-3 py-1 text-sm"
      >
        {isToldApart ? "First place is firm" : "First place is not settled yet"}
      </Explained>
    );
  }
  const isFragile = fragility.share < 0.01;
  return (
    <Explained
      why={`${fragilityText(analysis)} Found by influence, verified by a refit.`}
      className={`rounded-full px-3 py-1 text-sm ${isFragile ? "bg-alarm-soft text-alarm" : "bg-accent-soft text-accent"}`}
    >
      Removing {counted(fragility.votes, "vote")} ({percent(fragility.share, 1)}) would change first place
    </Explained>
  );
}

/** A badge that leads to the analysis, and why it says so behind an i. */
function Explained({ why, className, children }: { why: string; className: string; children: ReactNode }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <a href="#analysis" className={className}>
        {children}
      </a>
      <Explain about="how firm first place is">{why}</Explain>
    </span>
  );
}
