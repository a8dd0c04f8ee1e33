import Link from "next/link";
import { Explain } from "@/components/explain";
import { count, moment } from "@/components/format";
import { intervalsText } from "@/components/leaderboard/board-text";
import { onCategory } from "@/components/leaderboard/category-text";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

/**
 * Which votes the table was made from, by which method, and of whom its intervals speak.
 * @param props.hasFeed whether everyone sees the board, a program that reads feeds too
 */
export function SnapshotLine({ board, hasFeed = false }: { board: Leaderboard; hasFeed?: boolean }) {
  const { snapshot, category, apartVotes, styleControl, withJudge } = board;
  return (
    <>
      <p className="text-muted mt-4 text-sm">
        {snapshot ? (
          <>
            {count(snapshot.votes)} {snapshot.votes === 1 ? "vote" : "votes"}
            {category ? ` ${onCategory(category)}` : ""}
            {withJudge?.fitted
              ? ` and the verdicts of ${withJudge.judge.name}`
              : styleControl?.fitted
                ? ", style held equal"
                : ""}{" "}
            · {snapshot.methodology} · snapshot <code className="font-mono text-xs">{snapshot.id}</code>
            <Explain about="snapshot">
              A fit that is never changed. Hash of its inputs:{" "}
              <code className="font-mono text-xs break-all">{snapshot.inputsHash}</code>
            </Explain>{" "}
            (
            <a
              href={`/api/v1/votes/export?board=${board.board.slug}&snapshot=${snapshot.id}`}
              className="link"
              download
            >
              its votes
            </a>
            ) · <time dateTime={snapshot.createdAt}>{moment(snapshot.createdAt)}</time>
          </>
        ) : (
          <>No vote has been counted{category ? ` ${onCategory(category)}` : ""} yet, so nobody is ranked.</>
        )}{" "}
        <Link href="/docs/methods" className="link">
          How it is measured
        </Link>
        {hasFeed && (
          <>
            {" "}
            ·{" "}
            <a href={`/media/boards/${board.board.slug}/feed.xml`} className="link">
              Feed of changes
            </a>
          </>
        )}
      </p>
      {apartVotes > 0 && category === null && (
        <p className="text-muted mt-2 text-sm">
          {count(apartVotes)} {apartVotes === 1 ? "vote" : "votes"} on visitors’ own prompts{" "}
          {apartVotes === 1 ? "counts" : "count"} apart, in{" "}
          <Link href={`/leaderboard/${board.board.slug}?category=${LIVE_CATEGORY}`} className="link">
            a category of their own
          </Link>
          .
        </p>
      )}
      {snapshot && <p className="text-muted mt-2 max-w-3xl text-sm">{intervalsText(snapshot.intervals)}</p>}
    </>
  );
}
