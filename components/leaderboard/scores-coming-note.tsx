import Link from "next/link";
import { useTranslations } from "next-intl";
import { kindOf } from "@/components/leaderboard/page-text";
import { RefreshEvery } from "@/components/refresh-every";
import { useFormat } from "@/components/use-format";
import type { ScoresComing } from "@/lib/schemas/views";

const REFRESH_SECONDS = 30;

/** That scores are on the way, of how many models, and how long they still take; nothing where none is. */
export function ScoresComingNote({ coming, isVideo }: { coming: ScoresComing | null; isVideo: boolean }) {
  const t = useTranslations("leaderboard");
  const { duration } = useFormat();
  if (coming === null) return null;
  const { models, of, soFar, secondsLeft } = coming;
  return (
    <div role="status" className="card mb-6 px-4 py-3 text-sm">
      <RefreshEvery seconds={REFRESH_SECONDS} />
      {soFar > 0 ? t("coming.textSoFar", { models, n: of, soFar }) : t("coming.text", { models, n: of })}{" "}
      {secondsLeft !== null &&
        `${t("coming.time", { ...kindOf({ isVideo }), time: duration(Math.max(1, secondsLeft) * 1000) })} `}
      <Link href="/runs" className="link">
        {t("coming.runs")}
      </Link>
    </div>
  );
}
