"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { battleOn, UNDO_MS, type Stage } from "@/components/arena/battle-state";
import { ClipControls } from "@/components/clips/clip-controls";
import { LivePrompt } from "@/components/arena/live-prompt";
import { boardBattles } from "@/components/arena/load-battle";
import { ModelLabel } from "@/components/arena/model-label";
import { PersonalRanking } from "@/components/arena/personal-ranking";
import { SessionTally } from "@/components/arena/session-tally";
import { PairNote, Sides, StageFailure, StagePrompt, usePairOnScreen } from "@/components/arena/stage";
import { StageBar } from "@/components/arena/stage-bar";
import { CloseLook, useCloseLook } from "@/components/arena/close-look";
import { ArenaSwitches, useArenaSwitches } from "@/components/arena/switches";
import { useBattles } from "@/components/arena/use-battles";
import { useClipClock } from "@/components/clips/use-clip-clock";
import { usePointerMoved } from "@/components/arena/use-pointer-moved";
import { useTally, type Tally } from "@/components/arena/use-tally";
import { useVoteKeys } from "@/components/arena/use-vote-keys";
import { ReportImage } from "@/components/moderation/report-image";
import { verdict } from "@/components/arena/verdict";
import type { VoteResponse } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

/** The battle stage and all around it. */
export function Arena({
  board,
  ownPrompts = "apart",
  waiting,
}: {
  /** Slug. */
  board: string;
  /** How votes on prompts of the voter's own count; null: no models generate for any. */
  ownPrompts?: "on the board" | "apart" | null;
  /** Shown while no pair can be made yet. */
  waiting: ReactNode;
}) {
  const t = useTranslations("arena");
  const [tally, record] = useTally();
  const switches = useArenaSwitches();
  const source = useMemo(() => boardBattles(board), [board]);
  const { stage, open, next, vote, answer, send, takeBack, generate, painted } = useBattles(
    source,
    record,
    switches.asksDetails,
    switches.undoes ? UNDO_MS : 0,
  );
  const look = useCloseLook(stage);
  const choose = stage.name === "detailing" ? answer : vote;
  useVoteKeys((switches.takesKeys && MODES[stage.name]) || "off", {
    answer: choose,
    goOn: stage.name === "revealed" ? () => void next() : send,
    takeBack,
    toggleDetails: switches.toggleDetails,
    look: look.open,
  });
  const shown = battleOn(stage);
  const clock = useClipClock(shown?.battleId ?? null, shown?.clip ?? null);
  const part = useRef<HTMLDivElement>(null);
  usePairOnScreen(part, stage, painted);
  const pointerMoved = usePointerMoved(takenOn(stage));

  if (stage.name === "waiting") return <NoPairYet>{waiting}</NoPairYet>;

  return (
    <div className="page-wide flex flex-col items-center pt-4 pb-8 md:pt-6">
      <div
        ref={part}
        role="group"
        aria-label={t("pair")}
        tabIndex={-1}
        data-pair
        data-pointer={pointerMoved ? "moved" : "resting"}
        className="group/stage flex w-full scroll-mt-16 flex-col items-center outline-none"
      >
        <StagePrompt stage={stage} />
        {stage.name === "failed" ? (
          <StageFailure error={stage.error} onNext={() => void next()} />
        ) : (
          <>
            <div
              className={`${clock.clip ? "[--controls:5rem] md:[--controls:3.5rem]" : "[--controls:0rem]"} mt-4 flex flex-col items-center gap-3 [--side:min(100vw-2rem,max(13rem-var(--controls)/2,(100svh-25rem-var(--controls))/2))] md:mt-5 md:flex-row md:items-start md:gap-8 md:[--side:min((100vw-6.5rem)/2,max(16rem,100svh-27.5rem-var(--controls)),40rem)] xl:gap-12 [@media(orientation:landscape)_and_(max-height:36rem)]:flex-row [@media(orientation:landscape)_and_(max-height:36rem)]:items-start [@media(orientation:landscape)_and_(max-height:36rem)]:[--side:min((100vw-4rem)/2,max(11rem,100svh-20rem-var(--controls)),40rem)]`}
            >
              <Sides
                stage={stage}
                frame={clock.frame}
                onVote={open ? choose : undefined}
                onLook={look.open}
                label={(side, letter) => (
                  <ModelLabel
                    letter={letter}
                    revealed={stage.name === "revealed" ? stage.result[side] : null}
                    showsElo={switches.showsElo}
                  />
                )}
              />
            </div>
            <CloseLook look={look} />
            <ClipControls clock={clock} takesKeys={switches.takesKeys} />
            <StageBar
              stage={stage}
              open={open}
              showsKeys={switches.takesKeys}
              told={(result) => <Told result={result} />}
              onVote={vote}
              onAnswer={answer}
              onSend={send}
              onUndo={takeBack}
              onNext={next}
            />
            <Beneath
              stage={stage}
              switches={switches}
              onSkip={open && stage.name === "ready" ? () => void next() : null}
            />
          </>
        )}
      </div>
      <div className="mt-12 flex w-full flex-col gap-12 md:mt-10">
        {ownPrompts && <LivePrompt onPrompt={generate} busy={isBusy(stage)} votesCount={ownPrompts} />}
        <YourVotes board={board} tally={tally} />
      </div>
    </div>
  );
}

/** What this tab's votes were, and what all of this visitor's say. */
function YourVotes({ board, tally }: { board: string; tally: Tally }) {
  return (
    <>
      <SessionTally tally={tally} />
      <PersonalRanking board={board} votes={tally.votes} />
    </>
  );
}

/** Whether something of the voter's own is on its way. */
const isBusy = ({ name }: Stage) => name === "generating" || name === "voting";

/** What is said of a counted vote; the names stand under the images, and are told here to who does not see them. */
function Told({ result }: { result: VoteResponse }) {
  const t = useTranslations("arena");
  return (
    <>
      {verdict(t, result)}
      <span className="sr-only"> {t("names", { left: result.left.name, right: result.right.name })}</span>
    </>
  );
}

/** Beneath the votes: what may be set, and what became of the vote before. */
function Beneath({
  stage,
  switches,
  onSkip,
}: Pick<Parameters<typeof ArenaSwitches>[0], "switches" | "onSkip"> & { stage: Stage }) {
  const offered = useOffered(stage);
  const battle = battleOn(stage);
  return (
    <>
      <ArenaSwitches switches={switches} criteria={offered} onSkip={onSkip}>
        {/* Stays where it is as the names appear: what is being written is not lost. */}
        {battle && (
          <ReportImage
            key={battle.battleId}
            what={{ battleId: battle.battleId }}
            isVideo={battle.clip !== null}
          />
        )}
      </ArenaSwitches>
      <PairNote stage={stage} />
    </>
  );
}

/** Said while the first samples are being made. */
function NoPairYet({ children }: { children: ReactNode }) {
  const t = useTranslations("arena");
  return (
    <div className="page py-14">
      <h1 className="text-center text-3xl">{t("firstImages")}</h1>
      <p className="text-muted mx-auto mt-3 max-w-lg text-center">{t("opensSoon")}</p>
      {children}
    </div>
  );
}

/** By what the stage that takes input differs from the one before; null: it takes none. */
const takenOn = (stage: Stage): string | null =>
  stage.name === "ready" || stage.name === "held" || stage.name === "detailing"
    ? `${stage.name} ${stage.battle.battleId}`
    : null;

/** What the keys do on each stage. */
const MODES: Partial<Record<Stage["name"], "vote" | "decided" | "next">> = {
  ready: "vote",
  held: "decided",
  detailing: "decided",
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
