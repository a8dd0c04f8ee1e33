"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import type { Stage } from "@/components/arena/battle-state";
import { LivePrompt } from "@/components/arena/live-prompt";
import { BattleImage } from "@/components/arena/battle-image";
import { SessionTally } from "@/components/arena/session-tally";
import { StageBar } from "@/components/arena/stage-bar";
import { DetailSwitch, KeySwitch } from "@/components/arena/switches";
import { useBattles } from "@/components/arena/use-battles";
import { usePainted } from "@/components/arena/use-painted";
import { usePointerMoved } from "@/components/arena/use-pointer-moved";
import { useSwitch } from "@/components/arena/use-switch";
import { useTally } from "@/components/arena/use-tally";
import { useVoteKeys } from "@/components/arena/use-vote-keys";
import { DEFAULT_QUESTION, type Outcome } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

/** The battle stage and all around it. */
export function Arena({
  board,
  takesPrompts = true,
  waiting,
}: {
  /** Slug. */
  board: string;
  /** Whether two models generate for a prompt of the voter's own. */
  takesPrompts?: boolean;
  /** Shown while no pair can be made yet. */
  waiting: ReactNode;
}) {
  const [tally, record] = useTally();
  const [asksDetails, toggleDetails] = useSwitch("salon-details", false);
  const [takesKeys, toggleKeys] = useSwitch("salon-keys", true);
  const { stage, open, next, vote, answer, send, takeBack, generate, painted } = useBattles(
    board,
    record,
    asksDetails,
  );
  const detailing = stage.name === "detailing";
  const choose = detailing ? answer : vote;
  useVoteKeys((takesKeys && MODES[stage.name]) || "off", {
    answer: choose,
    goOn: detailing ? send : () => void next(),
    takeBack,
    toggleDetails,
  });
  const offered = useOffered(stage);
  const part = useRef<HTMLDivElement>(null);
  const shown = stage.name === "ready" ? stage.battle.battleId : null;
  usePainted(part, shown, painted);
  useScrolledToTop(part, shown);
  const asked = stage.name === "ready" || stage.name === "detailing" ? stage : null;
  const pointerMoved = usePointerMoved(asked && `${asked.name} ${asked.battle.battleId}`);

  if (stage.name === "waiting")
    return (
      <div className="page py-14">
        <h1 className="text-center text-3xl">The first images are being made</h1>
        <p className="text-muted mx-auto mt-3 max-w-lg text-center">
          {stage.message} This page opens by itself.
        </p>
        {waiting}
      </div>
    );

  return (
    <div className="page-wide flex flex-col items-center pt-4 pb-8 md:pt-6">
      <div
        ref={part}
        data-pointer={pointerMoved ? "moved" : "resting"}
        className="group/stage flex w-full flex-col items-center"
      >
        <StagePrompt stage={stage} />
        {stage.name === "failed" ? (
          <Failure stage={stage} onNext={next} />
        ) : (
          <>
            <div className="mt-4 flex flex-col items-center gap-3 [--side:min(100vw-2rem,max(13rem,(100svh-20.5rem)/2))] md:mt-5 md:flex-row md:items-start md:gap-8 md:[--side:min((100vw-6.5rem)/2,max(16rem,100svh-27.5rem),40rem)] xl:gap-12">
              <Sides stage={stage} onVote={open ? choose : undefined} />
            </div>
            <StageBar
              stage={stage}
              open={open}
              showsKeys={takesKeys}
              onVote={vote}
              onAnswer={answer}
              onSend={send}
              onNext={next}
            />
            <div className="mt-2 flex min-h-7 flex-wrap justify-center gap-x-6">
              {offered.length > 0 && (
                <DetailSwitch criteria={offered} on={asksDetails} onToggle={toggleDetails} />
              )}
              <span className="hidden [@media(hover:hover)]:inline">
                <KeySwitch on={takesKeys} onToggle={toggleKeys} />
              </span>
            </div>
            {stage.name === "ready" && stage.note && (
              <p role="alert" className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-2 text-sm">
                {stage.note}
              </p>
            )}
          </>
        )}
      </div>
      <div className="mt-12 flex w-full flex-col gap-12 md:mt-10">
        {takesPrompts && (
          <LivePrompt onPrompt={generate} busy={stage.name === "generating" || stage.name === "voting"} />
        )}
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

/** A new pair is looked at from its prompt down, wherever the last one was left. */
function useScrolledToTop(part: RefObject<HTMLElement | null>, shown: string | null) {
  useEffect(() => {
    if (shown !== null && part.current !== null && part.current.getBoundingClientRect().top < 0)
      part.current.scrollIntoView({ block: "start" });
  }, [part, shown]);
}

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
    stage.name === "generating"
      ? stage.prompt
      : "battle" in stage && stage.battle
        ? stage.battle.prompt
        : null;
  const battle = "battle" in stage ? stage.battle : null;
  const category = battle?.category ?? null;
  return (
    <div className="flex min-h-[5.75rem] max-w-4xl flex-col items-center justify-end text-center md:min-h-26">
      <p className="eyebrow">{category ?? (stage.name === "generating" ? "your prompt" : "\u00a0")}</p>
      <h1
        key={prompt ?? stage.name}
        className="fade-in mt-1 line-clamp-3 font-serif text-[1.375rem] break-words md:text-[2rem]"
        title={prompt ?? undefined}
      >
        {prompt ? `“${prompt}”` : stage.name === "failed" ? "No pair to show" : "Choosing a pair"}
      </h1>
      <p className="text-muted mt-1 min-h-5 text-sm break-words">
        {battle && (battle.question ?? DEFAULT_QUESTION)}
      </p>
    </div>
  );
}

function Sides({
  stage,
  onVote,
}: {
  stage: Exclude<Stage, { name: "waiting" | "failed" }>;
  onVote: ((outcome: Outcome, at: number) => void) | undefined;
}) {
  const battle = "battle" in stage && stage.battle && stage.name !== "generating" ? stage.battle : null;
  const outcome = "outcome" in stage ? stage.outcome : null;
  const result = stage.name === "revealed" ? stage.result : null;
  const generating = stage.name === "generating" ? stage : null;
  return (["left", "right"] as const).map((side) => (
    <BattleImage
      // A new pair is a new pair of frames: nothing of the last one lingers.
      key={`${side}-${battle?.battleId ?? "none"}`}
      letter={side === "left" ? "A" : "B"}
      prompt={battle?.prompt ?? ""}
      url={battle?.[side].url ?? null}
      size={battle?.size ?? null}
      pending={
        generating ? (
          <GenerationWait startedAt={generating.startedAt} done={Boolean(generating.battle?.[side])} />
        ) : (
          <Placeholder />
        )
      }
      onChoose={
        onVote && (stage.name === "ready" || stage.name === "detailing")
          ? (at) => onVote(side, at)
          : undefined
      }
      standing={
        outcome === null ? "open" : outcome === side ? "chosen" : outcome === "tie" ? "open" : "passed"
      }
      revealed={result?.[side] ?? null}
    />
  ));
}

/** An image on its way. */
function Placeholder() {
  return (
    <span className="absolute inset-0 animate-[brush_1.6s_ease-in-out_infinite] bg-linear-to-r from-transparent via-(--paper)/60 to-transparent" />
  );
}

/** A model at work on a live prompt: how long it has been, and whether this side is done and waits for the other. */
function GenerationWait({ startedAt, done }: { startedAt: number; done: boolean }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1000)), 250);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <>
      {!done && <Placeholder />}
      <span className="relative flex flex-col items-center gap-3">
        <span className="bg-line relative block h-1 w-40 overflow-hidden rounded-full" aria-hidden="true">
          <span
            className={`bg-accent absolute inset-y-0 left-0 rounded-full ${done ? "w-full" : "w-2/5 animate-[advance_1.4s_ease-in-out_infinite]"}`}
          />
        </span>
        <span>{done ? "Done, waiting for the other" : `Generating, ${seconds} s`}</span>
      </span>
    </>
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
