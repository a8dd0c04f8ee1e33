"use client";

import { useTranslations } from "next-intl";
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
  const t = useTranslations("arena");
  if (!revealed)
    return (
      <p className="text-muted mt-3 hidden min-h-[4.75rem] text-sm md:block">
        <span translate="no">{letter}</span> <span className="mx-1.5">·</span> {t("hidden")}
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
            translate="no"
            href={`/models/${revealed.model}`}
            className="hover:text-accent block font-serif text-lg leading-snug break-words"
          >
            {revealed.name}
          </Link>
          <span className="text-muted hidden text-sm break-words md:block">
            <span translate="no">{revealed.creator}</span> <VisitorMark submittedBy={revealed.submittedBy} />
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
          <span translate="no">{revealed.creator}</span> <VisitorMark submittedBy={revealed.submittedBy} />{" "}
          ·{" "}
        </span>
        <span translate="no">{stack}</span>
      </p>
    </div>
  );
}
