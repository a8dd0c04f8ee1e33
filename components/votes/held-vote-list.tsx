"use client";

import Link from "next/link";
import { useState } from "react";
import { ChangeStatus } from "@/components/votes/change-status";
import { useVoteChange } from "@/components/votes/use-vote-change";
import { votesAddress } from "@/components/votes/vote-text";
import { LONGEST_VOTE_REASON, type HeldVotes } from "@/lib/schemas/administration/vote-admin";

const FROM = { voter: "one voter", address: "one address", network: "one network" } as const;

/** Votes that a rule holds back together, with the numbers it went by. */
export function HeldVoteList({ quarantines }: { quarantines: readonly HeldVotes[] }) {
  const [reason, setReason] = useState("");
  const change = useVoteChange();
  if (quarantines.length === 0) return null;
  const decide = (id: string, to: "excluded" | "counted", why: string) => {
    const which = { quarantines: [id] };
    const excluded = { ...which, to: "excluded" as const, reason: why };
    const counted = { ...which, to: "counted" as const };
    if (to === "excluded") void change.ask(excluded, "Leaving these votes out.", { ...counted, reason: why });
    else void change.ask(counted, "Counting these votes.", excluded);
  };
  return (
    <section aria-labelledby="held-votes" className="mt-8">
      <h2 id="held-votes" className="text-2xl">
        Held back by rules
      </h2>
      <label className="mt-4 grid max-w-xl gap-1 text-sm">
        Reason for leaving these out, instead of the rule’s (public)
        <input
          className="field"
          maxLength={LONGEST_VOTE_REASON}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <ChangeStatus {...change} />
      <ol className="mt-2 grid gap-2">
        {quarantines.map((held) => (
          <li key={held.id} className="card flex flex-wrap items-center gap-4 p-3 text-sm">
            <Evidence held={held} />
            <span className="ml-auto flex gap-2">
              <button
                type="button"
                className="button-quiet button-small"
                disabled={change.busy}
                onClick={() => decide(held.id, "counted", held.reason)}
              >
                Count
              </button>
              <button
                type="button"
                className="button-quiet button-small"
                disabled={change.busy}
                onClick={() => decide(held.id, "excluded", reason.trim() || held.reason)}
              >
                Leave out
              </button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Evidence({ held }: { held: HeldVotes }) {
  const { votes, voters, group, voter, board, rule, reason, model, evidence, first, last } = held;
  return (
    <span className="grid min-w-0 flex-1 gap-0.5">
      <span>
        <strong>
          {votes} {votes === 1 ? "vote" : "votes"}
        </strong>{" "}
        of {voters} {voters === 1 ? "voter" : "voters"} from{" "}
        {voter === null ? (
          FROM[group]
        ) : (
          <Link className="link" href={votesAddress({ board, voter })}>
            one voter
          </Link>
        )}{" "}
        on {board}
        {model !== null && `, about ${model}`}
      </span>
      <span>
        {reason} <span className="text-muted">(rule {rule})</span>
      </span>
      <span className="text-muted">
        {Object.entries(evidence)
          .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
          .join(", ")}
        {" · "}
        {first.slice(0, 16).replace("T", " ")} to {last.slice(0, 16).replace("T", " ")}
      </span>
    </span>
  );
}
