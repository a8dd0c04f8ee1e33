"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { VisitorMark } from "@/components/visitor-mark";
import { EloMovement } from "@/components/arena/elo-movement";
import { SampleImage } from "@/components/sample-image";
import type { RevealedSide } from "@/lib/schemas/battles";

type BattleImageProps = {
  letter: "A" | "B";
  prompt: string;
  url: string | null;
  /** Of both sides' images; null before there are any. */
  size: { width: number; height: number } | null;
  /** Why there is no image yet. */
  pending?: ReactNode;
  onChoose?: (at: number) => void;
  standing: "open" | "chosen" | "passed";
  revealed: RevealedSide | null;
};

/** One side of the stage: an image that is itself the button, and its label. */
export function BattleImage({
  letter,
  prompt,
  url,
  size,
  pending,
  onChoose,
  standing,
  revealed,
}: BattleImageProps) {
  const aspect = size === null ? 1 : size.width / size.height;
  return (
    <div className="relative" style={{ width: `calc(var(--side) * ${Math.min(1, aspect)})` }}>
      <button
        type="button"
        data-stage
        onClick={(event) => onChoose?.(event.timeStamp)}
        disabled={!onChoose}
        className={`frame relative block w-full transition-[box-shadow,border-color] duration-300 [--frame-padding:clamp(6px,1.2vw,14px)] ${
          standing === "chosen" ? "border-accent! ring-accent ring-2" : ""
        } group-data-[pointer=moved]/stage:enabled:hover:border-ink`}
      >
        <span className="sr-only">Image {letter} is better: </span>
        {url ? (
          <SampleImage
            src={url}
            prompt={`image ${letter}, ${prompt}`}
            eager
            aspect={aspect}
            className="fade-in"
          />
        ) : (
          <span
            className="bg-sunk text-muted relative grid w-full place-items-center overflow-hidden text-sm"
            style={{ aspectRatio: aspect }}
          >
            {pending}
          </span>
        )}
        <span
          aria-hidden="true"
          className={`absolute top-0 left-0 grid size-8 place-items-center font-serif text-base ${
            standing === "chosen"
              ? "bg-accent text-on-accent"
              : "bg-frame text-ink border-line border-r border-b"
          }`}
        >
          {letter}
        </span>
      </button>
      <ModelLabel letter={letter} revealed={revealed} />
    </div>
  );
}

/** The model under an image: blank until the vote. On a phone it appears over the foot of the image. */
function ModelLabel({ letter, revealed }: { letter: string; revealed: RevealedSide | null }) {
  if (!revealed)
    return (
      <p className="text-muted mt-3 hidden h-[4.75rem] text-sm md:block">
        Image {letter} <span className="mx-1.5">·</span> name hidden until you vote
      </p>
    );
  const stack = [revealed.paradigm, revealed.architecture, revealed.representation, revealed.textConditioning]
    .filter(Boolean)
    .join(" · ");
  return (
    <div className="appear bg-paper/95 absolute inset-x-0 bottom-0 border border-(--line) px-3 py-2 md:static md:mt-3 md:h-[4.75rem] md:border-0 md:bg-transparent md:p-0">
      <div className="flex items-baseline justify-between gap-3">
        <p className="min-w-0">
          <Link
            href={`/models/${revealed.model}`}
            className="hover:text-accent block truncate font-serif text-lg"
          >
            {revealed.name}
          </Link>
          <span className="text-muted hidden truncate text-sm md:block">
            {revealed.creator} <VisitorMark submittedBy={revealed.submittedBy} />
          </span>
        </p>
        <span className="shrink-0">
          <EloMovement before={revealed.eloBefore} after={revealed.eloAfter} />
        </span>
      </div>
      <p className="text-muted line-clamp-1 text-xs md:mt-1" title={stack}>
        <span className="md:hidden">
          {revealed.creator} <VisitorMark submittedBy={revealed.submittedBy} /> ·{" "}
        </span>
        {stack}
      </p>
    </div>
  );
}
