"use client";

import Link from "next/link";
import { useState } from "react";
import { ChangeStatus } from "@/components/votes/change-status";
import { useVoteChange } from "@/components/votes/use-vote-change";
import { OUTCOME_TEXTS, STANDING_TEXTS, votesAddress } from "@/components/votes/vote-text";
import {
  LONGEST_VOTE_REASON,
  type ListedVote,
  type VoteChangeRequest,
  type VoteFilter,
  type VotePage,
} from "@/lib/schemas/administration/vote-admin";

type Whose = "votes" | "voters" | "addressOf" | "networkOf";
const WHOSE: Record<Whose, string> = {
  votes: "this vote",
  voters: "all votes of its voter here",
  addressOf: "all votes from its address here",
  networkOf: "all votes from its network here",
};

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
      void change.ask(excluded, `Leaving out ${WHOSE[whose]}.`, { ...counted, reason: excluded.reason });
    else void change.ask(counted, `Counting ${WHOSE[whose]}.`, excluded);
  };
  return (
    <>
      <div className="mt-6 flex flex-wrap items-end gap-4 text-sm">
        <label className="grid gap-1">
          A button below is for
          <select className="field" value={whose} onChange={(event) => setWhose(event.target.value as Whose)}>
            {Object.entries(WHOSE).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="grid min-w-60 flex-1 gap-1">
          Reason for leaving votes out (public; without one no vote is left out)
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
          {next === null ? "No vote like that." : "None of the 5,000 votes that were looked at is like that."}
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
                    Leave out
                  </button>
                )}
                {vote.status !== "counted" && (
                  <button
                    type="button"
                    className="button-quiet button-small"
                    disabled={change.busy}
                    onClick={() => decide(vote, "counted")}
                  >
                    Count
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
  return (
    <nav aria-label="Pages" className="mt-6 flex gap-6">
      {!isFirst && (
        <Link className="link" href={votesAddress(filter)}>
          The newest
        </Link>
      )}
      {next !== null && (
        <Link className="link" href={votesAddress(filter, { before: next })}>
          Older
        </Link>
      )}
    </nav>
  );
}

function VoteLine({ vote, board }: { vote: ListedVote; board: string }) {
  const { at, left, right, outcome, voter, prompt, decisionMs, status, reason } = vote;
  return (
    <span className="grid min-w-0 flex-1 gap-0.5">
      <span>
        <time className="text-muted tabular-nums" dateTime={at}>
          {at.slice(0, 19).replace("T", " ")}
        </time>{" "}
        <strong>
          {left.name} – {right.name}
        </strong>
        : {OUTCOME_TEXTS[outcome]}
        {decisionMs !== null && <span className="text-muted"> after {(decisionMs / 1000).toFixed(1)} s</span>}
      </span>
      <span className="text-muted line-clamp-1">{prompt ?? "a prompt of the voter’s own"}</span>
      <span className="text-muted">
        <Link className="link" href={votesAddress({ board, voter })}>
          {voter}
        </Link>{" "}
        · {STANDING_TEXTS[status]}
        {reason !== null && `: ${reason}`}
      </span>
    </span>
  );
}
