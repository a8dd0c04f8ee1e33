"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { ChangeStatus } from "@/components/votes/change-status";
import { useVoteChange } from "@/components/votes/use-vote-change";
import { votesAddress } from "@/components/votes/votes-address";
import { LONGEST_VOTE_REASON, type HeldVotes } from "@/lib/schemas/administration/vote-admin";

/** Votes that a rule holds back together, with the numbers it went by. */
export function HeldVoteList({ quarantines }: { quarantines: readonly HeldVotes[] }) {
  const t = useTranslations("votes");
  const [reason, setReason] = useState("");
  const change = useVoteChange();
  if (quarantines.length === 0) return null;
  const decide = (id: string, to: "excluded" | "counted", why: string) => {
    const which = { quarantines: [id] };
    const excluded = { ...which, to: "excluded" as const, reason: why };
    const counted = { ...which, to: "counted" as const };
    if (to === "excluded") void change.ask(excluded, t("held.leavingOut"), { ...counted, reason: why });
    else void change.ask(counted, t("held.counting"), excluded);
  };
  return (
    <section aria-labelledby="held-votes" className="mt-8">
      <h2 id="held-votes" className="text-2xl">
        {t("held.title")}
      </h2>
      <label className="mt-4 grid max-w-xl gap-1 text-sm">
        {t("held.reason")}
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
                {t("change.count")}
              </button>
              <button
                type="button"
                className="button-quiet button-small"
                disabled={change.busy}
                onClick={() => decide(held.id, "excluded", reason.trim() || held.reason)}
              >
                {t("change.leaveOut")}
              </button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Evidence({ held }: { held: HeldVotes }) {
  const t = useTranslations("votes.held");
  const { votes, voters, group, voter, board, rule, reason, model, evidence, first, last } = held;
  return (
    <span className="grid min-w-0 flex-1 gap-0.5">
      <span>
        {t.rich("what", {
          votes,
          voters,
          group: voter === null ? group : "voter",
          board,
          about: model === null ? "nothing" : "model",
          model: model ?? "",
          strong: (chunks) => <strong>{chunks}</strong>,
          link: (chunks) =>
            voter === null ? (
              chunks
            ) : (
              <Link className="link" href={votesAddress({ board, voter })}>
                {chunks}
              </Link>
            ),
        })}
      </span>
      <span>
        <span translate="no">{reason}</span> <span className="text-muted">{t("rule", { rule })}</span>
      </span>
      <span className="text-muted">
        <span translate="no">
          {Object.entries(evidence)
            .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
            .join(", ")}
        </span>
        {" · "}
        {t("period", { from: minuteOf(first), to: minuteOf(last) })}
      </span>
    </span>
  );
}

const minuteOf = (iso: string) => iso.slice(0, 16).replace("T", " ");
