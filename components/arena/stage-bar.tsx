"use client";

import { ArrowRight } from "lucide-react";
import type { Stage } from "@/components/arena/battle-state";
import { DetailBar } from "@/components/arena/detail-bar";
import { VoteBar } from "@/components/arena/vote-bar";
import type { Outcome } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

type StageBarProps<R> = {
  stage: Stage<R>;
  /** Whether the pair on the stage takes votes yet. */
  open: boolean;
  showsKeys: boolean;
  onVote: (outcome: Outcome, at: number) => void;
  onAnswer: (outcome: Outcome, at: number, criterion: Criterion) => void;
  onSend: (at: number) => void;
  /** What is said of a counted vote. */
  told: (result: R) => string;
  /** Absent where the next pair comes by itself. */
  onNext?: () => void;
};

/**
 * Under the images, on a phone at the foot of the screen: a line of text, the votes, and the way on. Votes and the way
 * on each keep a place of their own, so that a click too many on one never reaches the other.
 */
export function StageBar<R>({
  stage,
  open,
  showsKeys,
  told,
  onVote,
  onAnswer,
  onSend,
  onNext,
}: StageBarProps<R>) {
  return (
    <div className="bg-page/95 border-line sticky bottom-0 z-30 -mx-4 mt-3 grid w-screen grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-t px-4 py-2 [grid-template-areas:'line_on'_'votes_votes'] md:static md:mx-0 md:mt-1 md:w-full md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:border-0 md:bg-transparent md:px-0 md:py-0 md:[grid-template-areas:'line_line_line'_'._votes_on']">
      <p
        role="status"
        className="flex min-h-12 min-w-0 items-center [grid-area:line] md:min-h-8 md:justify-center md:text-center"
      >
        <Line stage={stage} told={told} />
      </p>
      {stage.name === "detailing" ? (
        <div className="flex justify-center [grid-area:votes] md:col-start-1! md:col-end-4!">
          <DetailBar
            criteria={stage.battle.criteria}
            answers={stage.criteria}
            onAnswer={onAnswer}
            onSend={onSend}
          />
        </div>
      ) : (
        <div className="[grid-area:votes]">
          <VoteBar
            onVote={onVote}
            chosen={stage.name === "voting" || stage.name === "revealed" ? stage.outcome : null}
            disabled={stage.name !== "ready" || !open}
            showsKeys={showsKeys}
          />
        </div>
      )}
      <div className="[grid-area:on] md:justify-self-start">
        {onNext && <WayOn stage={stage} showsKeys={showsKeys} onNext={onNext} />}
      </div>
    </div>
  );
}

function Line<R>({ stage, told }: { stage: Stage<R>; told: (result: R) => string }) {
  if (stage.name === "revealed")
    return <span className="appear font-serif text-base md:text-xl">{told(stage.result)}</span>;
  if (stage.name === "detailing")
    return <span className="text-muted text-sm">Rate what you can, or go on to the names.</span>;
  if (stage.name === "generating") {
    const isHalfDone = Boolean(stage.battle?.left ?? stage.battle?.right);
    return (
      <span className="text-muted text-sm">
        {isHalfDone ? "One image is done, the other is on its way." : "Two models generate for your prompt."}
      </span>
    );
  }
  return null;
}

function WayOn({
  stage,
  showsKeys,
  onNext,
}: {
  stage: Stage<unknown>;
  showsKeys: boolean;
  onNext: () => void;
}) {
  if (stage.name === "generating")
    return (
      <button type="button" className="button-quiet min-h-12" onClick={onNext}>
        Skip
      </button>
    );
  if (stage.name !== "revealed") return null;
  return (
    <button type="button" data-stage onClick={onNext} className="button-primary appear min-h-12">
      Next pair
      {showsKeys && (
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
      )}
      <ArrowRight className="size-4 lg:hidden" aria-hidden="true" />
    </button>
  );
}
