"use client";

import Link from "next/link";
import { EloMovement } from "@/components/arena/elo-movement";
import { VisitorMark } from "@/components/visitor-mark";
import type { RevealedSide } from "@/lib/schemas/battles";

/** The model under an image: blank until the vote. On a phone it appears over the foot of the image. */
export function ModelLabel({
  letter,
  revealed,
  showsElo,
}: {
  letter: string;
  revealed: RevealedSide | null;
  showsElo: boolean;
}) {
  if (!revealed)
    return (
      <p className="text-muted mt-3 hidden min-h-[4.75rem] text-sm md:block">
        {letter} <span className="mx-1.5">·</span> name hidden until you vote
      </p>
    );
  const stack = [revealed.paradigm, revealed.architecture, revealed.representation, revealed.textConditioning]
    .filter(Boolean)
    .join(" · ");
  return (
    <div className="appear bg-paper/95 absolute inset-x-0 bottom-0 border border-(--line) px-3 py-2 md:static md:mt-3 md:min-h-[4.75rem] md:border-0 md:bg-transparent md:p-0">
      <div className="flex items-baseline justify-between gap-3">
        <p className="min-w-0">
          <Link
            href={`/models/${revealed.model}`}
            className="hover:text-accent block font-serif text-lg leading-snug break-words"
          >
            {revealed.name}
          </Link>
          <span className="text-muted hidden text-sm break-words md:block">
            {revealed.creator} <VisitorMark submittedBy={revealed.submittedBy} />
          </span>
        </p>
        {showsElo && (
          <span className="shrink-0">
            <EloMovement before={revealed.eloBefore} after={revealed.eloAfter} />
          </span>
        )}
      </div>
      <p className="text-muted text-xs break-words md:mt-1">
        <span className="md:hidden">
          {revealed.creator} <VisitorMark submittedBy={revealed.submittedBy} /> ·{" "}
        </span>
        {stack}
      </p>
    </div>
  );
}
