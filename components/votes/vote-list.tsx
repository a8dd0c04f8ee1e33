"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { ChangeStatus } from "@/components/votes/change-status";
import { useVoteChange } from "@/components/votes/use-vote-change";
import { votesAddress } from "@/components/votes/votes-address";
import { useFormat } from "@/components/use-format";
import {
  LONGEST_VOTE_REASON,
  type ListedVote,
  type VoteChangeRequest,
  type VoteFilter,
  type VotePage,
} from "@/lib/schemas/administration/vote-admin";

const WHOSE = ["votes", "voters", "addressOf", "networkOf"] as const;
type Whose = (typeof WHOSE)[number];

/** How many votes a page looks at. */
const LOOKED_AT = 5_000;

/** A page of a board's votes: leave them out or count them again, one by one or by where they came from. */
export function VoteList({
  page: { votes, next },
  filter,
  isFirst,
}: {
  page: VotePage;
  filter: VoteFilter;
  isFirst: boolean;
}) {
  const t = useTranslations("votes");
  const [whose, setWhose] = useState<Whose>("votes");
  const [reason, setReason] = useState("");
  const change = useVoteChange();
  const { board } = filter;

  const decide = (vote: ListedVote, to: VoteChangeRequest["to"]) => {
    const which = { [whose]: [whose === "voters" ? vote.voter : vote.voteId], board };
    const excluded = {
      ...which,
      to: "excluded" as const,
      reason: reason.trim() || vote.reason || "excluded",
    };
    const counted = { ...which, to: "counted" as const };
    if (to === "excluded")
      void change.ask(excluded, t("list.leavingOut", { whose }), { ...counted, reason: excluded.reason });
    else void change.ask(counted, t("list.counting", { whose }), excluded);
  };
  return (
    <>
      <div className="mt-6 flex flex-wrap items-end gap-4 text-sm">
        <label className="grid gap-1">
          {t("list.whoseLabel")}
          <select className="field" value={whose} onChange={(event) => setWhose(event.target.value as Whose)}>
            {WHOSE.map((each) => (
              <option key={each} value={each}>
                {t("list.whose", { whose: each })}
              </option>
            ))}
          </select>
        </label>
        <label className="grid min-w-60 flex-1 gap-1">
          {t("list.reason")}
          <input
            className="field"
            maxLength={LONGEST_VOTE_REASON}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
      <ChangeStatus {...change} />
      {votes.length === 0 ? (
        <p className="card text-muted mt-4 p-8 text-center">
          {next === null ? t("list.none") : t("list.noneLooked", { n: LOOKED_AT })}
        </p>
      ) : (
        <ol className="mt-4 grid gap-2">
          {votes.map((vote) => (
            <li key={vote.voteId} className="card flex flex-wrap items-center gap-x-4 gap-y-1 p-3 text-sm">
              <VoteLine vote={vote} board={board} />
              <span className="ml-auto flex gap-2">
                {vote.status !== "excluded" && (
                  <button
                    type="button"
                    className="button-quiet button-small"
                    disabled={change.busy || reason.trim() === ""}
                    onClick={() => decide(vote, "excluded")}
                  >
                    {t("change.leaveOut")}
                  </button>
                )}
                {vote.status !== "counted" && (
                  <button
                    type="button"
                    className="button-quiet button-small"
                    disabled={change.busy}
                    onClick={() => decide(vote, "counted")}
                  >
                    {t("change.count")}
                  </button>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
      <Pages filter={filter} next={next} isFirst={isFirst} />
    </>
  );
}

function Pages({ filter, next, isFirst }: { filter: VoteFilter; next: string | null; isFirst: boolean }) {
  const t = useTranslations("votes.list");
  return (
    <nav aria-label={t("pages")} className="mt-6 flex gap-6">
      {!isFirst && (
        <Link className="link" href={votesAddress(filter)}>
          {t("newest")}
        </Link>
      )}
      {next !== null && (
        <Link className="link" href={votesAddress(filter, { before: next })}>
          {t("older")}
        </Link>
      )}
    </nav>
  );
}

function VoteLine({ vote, board }: { vote: ListedVote; board: string }) {
  const t = useTranslations("votes");
  const format = useFormat();
  const { at, left, right, outcome, voter, prompt, decisionMs, status, reason } = vote;
  return (
    <span className="grid min-w-0 flex-1 gap-0.5">
      <span>
        <time className="text-muted tabular-nums" dateTime={at}>
          {at.slice(0, 19).replace("T", " ")}
        </time>{" "}
        {t.rich("list.line", {
          left: left.name,
          right: right.name,
          outcome: t("list.outcome", { outcome }),
          pair: (chunks) => <strong>{chunks}</strong>,
        })}{" "}
        {decisionMs !== null && (
          <span className="text-muted">
            {t("list.after", { seconds: format.fixed(decisionMs / 1000, 1) })}
          </span>
        )}
      </span>
      <span className="text-muted line-clamp-1">
        {prompt === null ? t("list.ownPrompt") : <span translate="no">{prompt}</span>}
      </span>
      <span className="text-muted">
        <Link className="link" href={votesAddress({ board, voter })} translate="no">
          {voter}
        </Link>{" "}
        ·{" "}
        {reason === null
          ? t("standing", { standing: status })
          : t("list.because", { standing: t("standing", { standing: status }), reason })}
      </span>
    </span>
  );
}
