import Link from "next/link";
import { useTranslations } from "next-intl";
import { outcomeText, pairAddress, withheldText } from "@/components/explorer/explorer-text";
import { kindOf } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
import { PairedSample, type PairedRow } from "@/components/viewer/paired-sample";
import type { PairVote, PairVotes } from "@/lib/schemas/explorer";

interface Props {
  board: { slug: string; isVideo: boolean };
  page: PairVotes;
  isFirst: boolean;
}

/** The votes between two models, newest first, with what was voted on. */
export function PairVoteList({ board, page, isFirst }: Props) {
  const t = useTranslations("explorer.votes");
  const { a, b, counted: sums, votes, next } = page;
  const names = { a: a.name, b: b.name };
  const total = sums.a + sums.b + sums.tie + sums.bothBad;
  return (
    <>
      <p className="text-muted mt-3 max-w-2xl break-words">
        {total === 0
          ? t("noneCounted")
          : t("sums", {
              total,
              a: a.name,
              forA: sums.a,
              b: b.name,
              forB: sums.b,
              ties: sums.tie,
              bothBad: sums.bothBad,
            })}
      </p>
      {votes.length === 0 ? (
        <p className="card text-muted mt-8 p-8 text-center">{isFirst ? t("none") : t("noOlder")}</p>
      ) : (
        <ol className="mt-8 grid gap-6 xl:grid-cols-2">
          {votes.map((vote, index) => (
            <li key={`${vote.at} ${index}`} className="card min-w-0 p-4">
              <Vote vote={vote} names={names} board={board} />
            </li>
          ))}
        </ol>
      )}
      <nav aria-label={t("pages")} className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
        {!isFirst && (
          <Link className="link" href={pairAddress(board.slug, a.slug, b.slug)}>
            {t("newest")}
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={pairAddress(board.slug, a.slug, b.slug, next)}>
            {t("older")}
          </Link>
        )}
      </nav>
    </>
  );
}

function Vote({
  vote,
  names,
  board,
}: {
  vote: PairVote;
  names: { a: string; b: string };
  board: Props["board"];
}) {
  const t = useTranslations("explorer");
  const { moment } = useFormat();
  const { at, prompt, category, excluded, withheld, leftIs } = vote;
  // As the voter saw them: the left one first.
  const sides = leftIs === "a" ? (["a", "b"] as const) : (["b", "a"] as const);
  const row = rowOf(vote, sides);
  return (
    <>
      <p className="font-medium break-words">{outcomeText(t, vote, names)}</p>
      <p className="mt-1 text-sm break-words">
        {prompt === null ? (
          <span className="text-muted">{t("votes.notPublished")}</span>
        ) : (
          <span translate="no">{prompt}</span>
        )}{" "}
        <span className="text-muted" translate="no">
          {category}
        </span>
      </p>
      <p className="text-muted mt-1 text-xs">
        <time dateTime={at} translate="no">
          {moment(at)}
        </time>
        {excluded !== null && ` · ${t("votes.notCounted", { why: excluded })}`}
      </p>
      {row === null ? (
        withheld && <p className="text-muted mt-2 text-xs">{withheldText(t, withheld, board)}</p>
      ) : (
        <ul className="mt-3 grid grid-cols-2 gap-3" aria-label={t("votes.theTwo", kindOf(board))}>
          {sides.map((side, place) => (
            <li key={side} className="min-w-0">
              <div className="frame [--frame-padding:5px]">
                <PairedSample
                  row={row}
                  side={place === 0 ? 0 : 1}
                  at={0}
                  names={[names[sides[0]], names[sides[1]]]}
                />
              </div>
              <p className="text-muted mt-1 text-xs break-words" translate="no">
                {names[side]}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The two samples as they stood side by side; null: they are not shown. */
function rowOf(
  { prompt, images, clips }: PairVote,
  sides: readonly ["a" | "b", "a" | "b"],
): PairedRow | null {
  if (images === null) return null;
  const turned = clips && sides[0] === "b" ? { ...clips, first: clips.second, second: clips.first } : clips;
  return {
    text: prompt ?? "",
    sources: [],
    first: [{ url: images[sides[0]] }],
    second: [{ url: images[sides[1]] }],
    clips: [turned],
  };
}
