import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Explain } from "@/components/explain";
import { fragilitySentence } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("leaderboard");
  const { percent } = useFormat();
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
            ? t("firmness.firmWhy")
            : isProvisional
              ? t("firmness.tooFewVotes")
              : t("firmness.notToldApart")
        }
        className="bg-accent-soft text-accent rounded-full px-3 py-1 text-sm"
      >
        {isToldApart ? t("firmness.firm") : t("firmness.open")}
      </Explained>
    );
  }
  const isFragile = fragility.share < 0.01;
  return (
    <Explained
      why={t("firmness.fragileWhy", { fragility: fragilitySentence(t, analysis) ?? "" })}
      className={`rounded-full px-3 py-1 text-sm ${isFragile ? "bg-alarm-soft text-alarm" : "bg-accent-soft text-accent"}`}
    >
      {t("firmness.removing", { n: fragility.votes, share: percent(fragility.share, 1) })}
    </Explained>
  );
}

/** A badge that leads to the analysis, and why it says so behind an i. */
function Explained({ why, className, children }: { why: string; className: string; children: ReactNode }) {
  const t = useTranslations("leaderboard");
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <a href="#analysis" className={className}>
        {children}
      </a>
      <Explain about={t("firmness.about")}>{why}</Explain>
    </span>
  );
}
