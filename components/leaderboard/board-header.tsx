import Link from "next/link";
import { useTranslations } from "next-intl";
import { FragilityBadge } from "@/components/leaderboard/fragility-badge";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

/** A board's name, how firm its first place is, and the ways to vote on it and to look into it. */
export function BoardHeader({
  board: { board, snapshot, rows },
  analysis,
  isArchived,
  mayVote,
}: {
  board: Leaderboard;
  analysis: BoardAnalysis;
  isArchived: boolean;
  mayVote: boolean;
}) {
  const t = useTranslations("leaderboard");
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
      <div className="max-w-2xl">
        <h1 className="text-4xl sm:text-5xl" translate="no">
          {board.name}
        </h1>
        <p className="text-muted mt-3" translate="no">
          {board.description}
        </p>
        {snapshot && (
          <p className="mt-4">
            <FragilityBadge
              analysis={analysis}
              isProvisional={rows.some(({ rank, provisional }) => rank === 1 && provisional)}
            />
          </p>
        )}
      </div>
      {isArchived && (
        <p className="bg-sunk text-muted rounded-full px-3 py-1 text-sm">{t("header.archived")}</p>
      )}
      <div className="flex flex-wrap gap-3">
        {mayVote && (
          <Link href={`/arena?board=${board.slug}`} className="button-primary">
            {t("header.vote")}
          </Link>
        )}
        <Link href={`/leaderboard/${board.slug}/explore`} prefetch={false} className="button-quiet">
          {t("header.prompts")}
        </Link>
      </div>
    </header>
  );
}
