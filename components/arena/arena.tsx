"use client";

import { ArrowRight, TriangleAlert } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { DetailBar, DetailSwitch } from "@/components/arena/detail-bar";
import { LivePrompt } from "@/components/arena/live-prompt";
import { Painting } from "@/components/arena/painting";
import { SessionTally } from "@/components/arena/session-tally";
import { useBattles, type Stage } from "@/components/arena/use-battles";
import { useDetails } from "@/components/arena/use-details";
import { useTally } from "@/components/arena/use-tally";
import { useVoteKeys } from "@/components/arena/use-vote-keys";
import { verdict } from "@/components/arena/verdict";
import { VoteBar } from "@/components/arena/vote-bar";
import type { Outcome } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

/** The battle stage and all around it. `waiting` is shown while no pair can be made yet. */
export function Arena({ board, waiting }: { board: string; waiting: ReactNode }) {
  const [tally, record] = useTally();
  const [asksDetails, toggleDetails] = useDetails();
  const { stage, next, vote, answer, send, takeBack, paint } = useBattles(board, record, asksDetails);
  const detailing = stage.name === "detailing";
  useVoteKeys(MODES[stage.name] ?? "off", {
    answer: detailing ? answer : vote,
    goOn: detailing ? send : next,
    takeBack,
    toggleDetails,
  });
  const offered = useOffered(stage);

  if (stage.name === "waiting")
    return (
      <div className="page py-14">
        <h1 className="text-center text-3xl">The first pictures are being made</h1>
        <p className="text-muted mx-auto mt-3 max-w-lg text-center">
          {stage.message} This page opens by itself.
        </p>
        {waiting}
      </div>
    );

  return (
    <div className="page-wide flex flex-col items-center pt-4 pb-8 md:pt-6">
      <StagePrompt stage={stage} />
      {stage.name === "failed" ? (
        <Failure stage={stage} onNext={next} />
      ) : (
        <>
          <div className="mt-4 flex flex-col items-center gap-3 [--side:min(100vw-2rem,max(13rem,(100svh-17rem)/2))] md:mt-5 md:flex-row md:items-start md:gap-8 md:[--side:min((100vw-6.5rem)/2,max(16rem,100svh-24rem),40rem)] xl:gap-12">
            <Sides stage={stage} onVote={detailing ? answer : vote} />
          </div>
          <div className="bg-wall/95 border-line sticky bottom-0 z-30 -mx-4 mt-3 flex min-h-16 w-screen flex-col items-center justify-center border-t px-4 py-2 md:static md:mx-0 md:mt-2 md:w-full md:border-0 md:bg-transparent">
            {stage.name === "revealed" ? (
              <Reveal stage={stage} onNext={next} />
            ) : stage.name === "painting" ? (
              <button type="button" className="button-quiet" onClick={next}>
                Look at a finished pair instead
              </button>
            ) : stage.name === "detailing" ? (
              <DetailBar
                criteria={stage.battle.criteria}
                answers={stage.criteria}
                onAnswer={(criterion, outcome) => answer(outcome, criterion)}
                onSend={send}
              />
            ) : (
              <>
                <VoteBar
                  onVote={vote}
                  chosen={stage.name === "voting" ? stage.outcome : null}
                  disabled={stage.name !== "ready"}
                />
                {offered.length > 0 && (
                  <DetailSwitch criteria={offered} on={asksDetails} onToggle={toggleDetails} />
                )}
              </>
            )}
          </div>
          {stage.name === "ready" && stage.note && (
            <p role="alert" className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-2 text-sm">
              {stage.note}
            </p>
          )}
        </>
      )}
      <div className="mt-12 flex w-full flex-col gap-12 md:mt-10">
        <LivePrompt onPaint={paint} busy={stage.name === "painting" || stage.name === "voting"} />
        <SessionTally tally={tally} />
      </div>
    </div>
  );
}

/** What the keys do on each stage. */
const MODES: Partial<Record<Stage["name"], "vote" | "details" | "next">> = {
  ready: "vote",
  detailing: "details",
  revealed: "next",
};

/** The criteria the board asks about, remembered while the next pair is on its way. */
function useOffered(stage: Stage): readonly Criterion[] {
  const [offered, setOffered] = useState<readonly Criterion[]>([]);
  const battle = "battle" in stage ? stage.battle : null;
  useEffect(() => {
    if (battle) setOffered(battle.criteria);
  }, [battle]);
  return offered;
}

function StagePrompt({ stage }: { stage: Stage }) {
  const prompt =
    stage.name === "painting" ? stage.prompt : "battle" in stage && stage.battle ? stage.battle.prompt : null;
  const category = "battle" in stage && stage.battle ? stage.battle.category : null;
  return (
    <div className="flex min-h-[4.25rem] max-w-4xl flex-col items-center justify-end text-center md:min-h-20">
      <p className="eyebrow">{category ?? (stage.name === "painting" ? "your prompt" : "\u00a0")}</p>
      <h1
        key={prompt ?? stage.name}
        className="fade-in mt-1 line-clamp-3 font-serif text-[1.375rem] break-words md:text-[2rem]"
        title={prompt ?? undefined}
      >
        {prompt ? `“${prompt}”` : stage.name === "failed" ? "No pair to show" : "Choosing a pair"}
      </h1>
    </div>
  );
}

function Sides({
  stage,
  onVote,
}: {
  stage: Exclude<Stage, { name: "waiting" | "failed" }>;
  onVote: (o: Outcome) => void;
}) {
  const battle = "battle" in stage && stage.battle && stage.name !== "painting" ? stage.battle : null;
  const outcome = "outcome" in stage ? stage.outcome : null;
  const result = stage.name === "revealed" ? stage.result : null;
  const painting = stage.name === "painting" ? stage : null;
  return (["left", "right"] as const).map((side) => (
    <Painting
      // A new pair is a new pair of frames: nothing of the last one lingers.
      key={`${side}-${battle?.battleId ?? "none"}`}
      letter={side === "left" ? "A" : "B"}
      prompt={battle?.prompt ?? ""}
      url={battle?.[side].url ?? null}
      pending={
        painting ? (
          <Brushwork startedAt={painting.startedAt} done={Boolean(painting.battle?.[side])} />
        ) : (
          <Veil />
        )
      }
      onChoose={stage.name === "ready" || stage.name === "detailing" ? () => onVote(side) : undefined}
      standing={
        outcome === null ? "open" : outcome === side ? "chosen" : outcome === "tie" ? "open" : "passed"
      }
      revealed={result?.[side] ?? null}
    />
  ));
}

/** A picture on its way. */
function Veil() {
  return (
    <span className="absolute inset-0 animate-[brush_1.6s_ease-in-out_infinite] bg-linear-to-r from-transparent via-(--paper)/60 to-transparent" />
  );
}

/** A model at work on a live prompt: how long it has been, and whether this side is done and waits for the other. */
function Brushwork({ startedAt, done }: { startedAt: number; done: boolean }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1000)), 250);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <>
      {!done && <Veil />}
      <span role="status" className="relative flex flex-col items-center gap-3">
        <span className="bg-line relative block h-1 w-40 overflow-hidden rounded-full" aria-hidden="true">
          <span
            className={`bg-accent absolute inset-y-0 left-0 rounded-full ${done ? "w-full" : "w-2/5 animate-[advance_1.4s_ease-in-out_infinite]"}`}
          />
        </span>
        <span>{done ? "Done, waiting for the other" : `Painting, ${seconds} s`}</span>
      </span>
    </>
  );
}

function Reveal({ stage, onNext }: { stage: Extract<Stage, { name: "revealed" }>; onNext: () => void }) {
  const { movement, word } = verdict(stage.result);
  return (
    <div className="unveil flex w-full items-center justify-between gap-4 md:w-auto md:justify-center md:gap-8">
      <p role="status" className="min-w-0 font-serif text-base md:text-xl">
        <span className="tabular-nums">{movement}</span>
        <span className="text-muted">: {word}</span>
      </p>
      <button type="button" data-stage onClick={onNext} className="button-primary min-h-12 px-6">
        Next pair
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
        <ArrowRight className="size-4 lg:hidden" aria-hidden="true" />
      </button>
    </div>
  );
}

function Failure({ stage, onNext }: { stage: Extract<Stage, { name: "failed" }>; onNext: () => void }) {
  return (
    <div role="alert" className="card mt-10 flex max-w-lg flex-col items-center gap-4 p-8 text-center">
      <TriangleAlert className="text-alarm size-6" aria-hidden="true" />
      <p>{stage.error.message}</p>
      {stage.error.retryAfterSeconds !== null && (
        <p className="text-muted text-sm">You can go on in {stage.error.retryAfterSeconds} seconds.</p>
      )}
      <button type="button" className="button-primary" onClick={onNext}>
        Take another pair
      </button>
    </div>
  );
}
