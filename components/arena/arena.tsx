"use client";

import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { battleOn, type Stage } from "@/components/arena/battle-state";
import { ClipControls } from "@/components/clips/clip-controls";
import { LivePrompt } from "@/components/arena/live-prompt";
import { boardBattles } from "@/components/arena/load-battle";
import { ModelLabel } from "@/components/arena/model-label";
import { SessionTally } from "@/components/arena/session-tally";
import { Sides, StageFailure, StagePrompt, usePairOnScreen } from "@/components/arena/stage";
import { StageBar } from "@/components/arena/stage-bar";
import { DetailSwitch, KeySwitch } from "@/components/arena/switches";
import { useBattles } from "@/components/arena/use-battles";
import { useClipClock } from "@/components/clips/use-clip-clock";
import { usePointerMoved } from "@/components/arena/use-pointer-moved";
import { useSwitch } from "@/components/arena/use-switch";
import { useTally } from "@/components/arena/use-tally";
import { useVoteKeys } from "@/components/arena/use-vote-keys";
import { verdict } from "@/components/arena/verdict";
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
  const source = useMemo(() => boardBattles(board), [board]);
  const { stage, open, next, vote, answer, send, takeBack, generate, painted } = useBattles(
    source,
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
  const shown = battleOn(stage);
  const clock = useClipClock(shown?.battleId ?? null, shown?.clip ?? null);
  const part = useRef<HTMLDivElement>(null);
  usePairOnScreen(part, stage, painted);
  const asked = stage.name === "ready" || stage.name === "detailing" ? stage : null;
  const pointerMoved = usePointerMoved(asked && `${asked.name} ${asked.battle.battleId}`);

  if (stage.name === "waiting") return <NoPairYet message={stage.message}>{waiting}</NoPairYet>;

  return (
    <div className="page-wide flex flex-col items-center pt-4 pb-8 md:pt-6">
      <div
        ref={part}
        data-pointer={pointerMoved ? "moved" : "resting"}
        className="group/stage flex w-full flex-col items-center"
      >
        <StagePrompt stage={stage} />
        {stage.name === "failed" ? (
          <StageFailure error={stage.error} onNext={() => void next()} />
        ) : (
          <>
            <div
              className={`${clock.clip ? "[--controls:3.5rem]" : "[--controls:0rem]"} mt-4 flex flex-col items-center gap-3 [--side:min(100vw-2rem,max(13rem,(100svh-20.5rem-var(--controls))/2))] md:mt-5 md:flex-row md:items-start md:gap-8 md:[--side:min((100vw-6.5rem)/2,max(16rem,100svh-27.5rem-var(--controls)),40rem)] xl:gap-12`}
            >
              <Sides
                stage={stage}
                frame={clock.frame}
                onVote={open ? choose : undefined}
                label={(side, letter) => (
                  <ModelLabel
                    letter={letter}
                    revealed={stage.name === "revealed" ? stage.result[side] : null}
                    report={stage.name === "revealed" ? { battleId: stage.battle.battleId, side } : null}
                  />
                )}
              />
            </div>
            <ClipControls clock={clock} takesKeys={takesKeys} />
            <StageBar
              stage={stage}
              open={open}
              showsKeys={takesKeys}
              told={verdict}
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
            <PairNote stage={stage} />
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

/** What became of the vote before. */
function PairNote({ stage }: { stage: Stage }) {
  if (stage.name !== "ready" || !stage.note) return null;
  return (
    <p role="alert" className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-2 text-sm">
      {stage.note}
    </p>
  );
}

/** Said while the first samples are being made. */
function NoPairYet({ message, children }: { message: string; children: ReactNode }) {
  return (
    <div className="page py-14">
      <h1 className="text-center text-3xl">The first images are being made</h1>
      <p className="text-muted mx-auto mt-3 max-w-lg text-center">{message} This page opens by itself.</p>
      {children}
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
