"use client";

import { ArrowRight, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Stage } from "@/components/arena/battle-state";
import { DetailBar } from "@/components/arena/detail-bar";
import { isFocusLost } from "@/components/arena/focus";
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
  /** Takes back the last answer, and at last the vote; absent where votes cannot be undone. */
  onUndo?: () => void;
  /** What is said of a counted vote. */
  told: (result: R) => ReactNode;
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
  onUndo,
  onNext,
}: StageBarProps<R>) {
  const t = useTranslations("arena");
  const unseen = useLate(stage.name === "ready" && !open);
  const isDecided = stage.name === "held" || stage.name === "detailing";
  return (
    <div
      data-bar
      className="bg-page/95 border-line sticky bottom-0 z-30 -mx-4 mt-3 grid w-screen grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-t px-4 py-2 [grid-template-areas:'line_on'_'votes_votes'] md:static md:mx-0 md:mt-1 md:w-full md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:border-0 md:bg-transparent md:px-0 md:py-0 md:[grid-template-areas:'line_line_line'_'._votes_on']"
    >
      <div className="flex min-h-12 min-w-0 items-center gap-3 [grid-area:line] md:min-h-9 md:justify-center md:text-center">
        <p role="status" className="min-w-0">
          <Line stage={stage} told={told} unseen={unseen} />
        </p>
        {isDecided && onUndo && (
          <button type="button" onClick={onUndo} className="button-quiet button-small appear">
            <Undo2 className="size-4" aria-hidden="true" /> {t("undo")}
          </button>
        )}
      </div>
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
            chosen={"outcome" in stage ? stage.outcome : null}
            disabled={stage.name !== "held" && (stage.name !== "ready" || !open)}
            showsKeys={showsKeys}
          />
        </div>
      )}
      <div className="[grid-area:on] md:justify-self-start">
        <WayOn stage={stage} showsKeys={showsKeys} onSend={onSend} onNext={onNext} />
      </div>
    </div>
  );
}

/** How long a pair may stay closed before it is said why, in milliseconds: longer than a look takes. */
const LATE_MS = 2_000;

/** Whether something has lasted so long. */
function useLate(lasts: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasts) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasts]);
  return lasts && late;
}

function Line<R>({
  stage,
  told,
  unseen,
}: {
  stage: Stage<R>;
  told: (result: R) => ReactNode;
  unseen: boolean;
}) {
  const t = useTranslations("arena");
  if (stage.name === "ready")
    return unseen ? (
      <span className="text-muted text-sm">{t("unseen")}</span>
    ) : (
      <span className="sr-only">{t("newPair", { prompt: stage.battle.prompt })}</span>
    );
  if (stage.name === "held")
    return <span className="text-sm">{t("chosen", { outcome: stage.outcome })}</span>;
  if (stage.name === "revealed")
    return <span className="appear font-serif text-base md:text-xl">{told(stage.result)}</span>;
  if (stage.name === "detailing") return <span className="text-muted text-sm">{t("rate")}</span>;
  if (stage.name === "generating") {
    const isHalfDone = Boolean(stage.battle?.left ?? stage.battle?.right);
    return <span className="text-muted text-sm">{t(isHalfDone ? "halfDone" : "generatingBoth")}</span>;
  }
  return null;
}

function WayOn({
  stage,
  showsKeys,
  onSend,
  onNext,
}: {
  stage: Stage<unknown>;
  showsKeys: boolean;
  onSend: (at: number) => void;
  onNext?: () => void;
}) {
  const t = useTranslations("arena");
  // Whoever voted by a control that is gone by now goes on from here, by keyboard too.
  const next = useRef<HTMLButtonElement>(null);
  const isRevealed = stage.name === "revealed";
  useEffect(() => {
    if (isRevealed && isFocusLost()) next.current?.focus({ preventScroll: true });
  }, [isRevealed]);
  if (stage.name === "held")
    return (
      <button
        type="button"
        data-stage
        onClick={({ timeStamp }) => onSend(timeStamp)}
        className="button-quiet appear min-h-12"
      >
        {t("showNames")}
        <SecondsTo at={stage.sendsAt} />
        {showsKeys && <kbd className="hidden [@media(hover:hover)]:lg:inline-flex">↵</kbd>}
      </button>
    );
  if (!onNext) return null;
  if (stage.name === "generating")
    return (
      <button type="button" className="button-quiet min-h-12" onClick={onNext}>
        {t("skip")}
      </button>
    );
  if (!isRevealed) return null;
  return (
    <button ref={next} type="button" data-stage onClick={onNext} className="button-primary appear min-h-12">
      {t("next")}
      {showsKeys && (
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
      )}
      <ArrowRight className="size-4 lg:hidden" aria-hidden="true" />
    </button>
  );
}

/** The whole seconds left until a moment of the page's clock; for the eye alone. */
function SecondsTo({ at }: { at: number }) {
  const [left, setLeft] = useState(() => secondsTo(at));
  useEffect(() => {
    setLeft(secondsTo(at));
    const timer = setInterval(() => setLeft(secondsTo(at)), 250);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <span className="text-muted min-w-2 tabular-nums" aria-hidden="true">
      {left}
    </span>
  );
}

const secondsTo = (at: number) => Math.max(0, Math.ceil((at - performance.now()) / 1000));
