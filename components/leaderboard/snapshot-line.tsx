import Link from "next/link";
import { useTranslations } from "next-intl";
import { Explain } from "@/components/explain";
import { intervalsSentences, whereOf } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

/**
 * Which votes the table was made from, by which method, and of whom its intervals speak.
 * @param props.hasFeed whether everyone sees the board, a program that reads feeds too
 */
export function SnapshotLine({ board, hasFeed = false }: { board: Leaderboard; hasFeed?: boolean }) {
  const t = useTranslations("leaderboard");
  const { moment } = useFormat();
  const { snapshot, category, apartVotes, styleControl, withJudge } = board;
  return (
    <>
      <p className="text-muted mt-4 text-sm">
        {snapshot ? (
          <>
            {t("snapshot.votes", {
              n: snapshot.votes,
              ...whereOf(category),
              by: withJudge?.fitted ? "judge" : styleControl?.fitted ? "style" : "votes",
              judge: withJudge?.judge.name ?? "",
            })}{" "}
            · <span translate="no">{snapshot.methodology}</span> ·{" "}
            {t.rich("snapshot.id", {
              id: snapshot.id,
              code: (chunks) => <code className="font-mono text-xs">{chunks}</code>,
            })}
            <Explain about={t("snapshot.about")}>
              {t.rich("snapshot.meaning", {
                hash: snapshot.inputsHash,
                code: (chunks) => <code className="font-mono text-xs break-all">{chunks}</code>,
              })}
            </Explain>{" "}
            (
            <a
              href={`/api/v1/votes/export?board=${board.board.slug}&snapshot=${snapshot.id}`}
              className="link"
              download
            >
              {t("snapshot.itsVotes")}
            </a>
            ) · <time dateTime={snapshot.createdAt}>{moment(snapshot.createdAt)}</time>
          </>
        ) : (
          t("snapshot.none", whereOf(category))
        )}{" "}
        <Link href="/docs/methods" className="link">
          {t("snapshot.measured")}
        </Link>
        {hasFeed && (
          <>
            {" "}
            ·{" "}
            <a href={`/media/boards/${board.board.slug}/feed.xml`} className="link">
              {t("snapshot.feed")}
            </a>
          </>
        )}
      </p>
      {apartVotes > 0 && category === null && (
        <p className="text-muted mt-2 text-sm">
          {t.rich("snapshot.apart", {
            n: apartVotes,
            link: (chunks) => (
              <Link href={`/leaderboard/${board.board.slug}?category=${LIVE_CATEGORY}`} className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
      {snapshot && (
        <p className="text-muted mt-2 max-w-3xl text-sm">{intervalsSentences(t, snapshot.intervals)}</p>
      )}
    </>
  );
}
