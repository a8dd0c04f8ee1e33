"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { CloseLook, useCloseLook } from "@/components/arena/close-look";
import { battleOn, type Stage } from "@/components/arena/battle-state";
import { PairNote, Sides, StageFailure, StagePrompt, usePairOnScreen } from "@/components/arena/stage";
import { StageBar } from "@/components/arena/stage-bar";
import { KeySwitch } from "@/components/arena/switches";
import { useBattles } from "@/components/arena/use-battles";
import { usePointerMoved } from "@/components/arena/use-pointer-moved";
import { useSwitch } from "@/components/arena/use-switch";
import { useVoteKeys } from "@/components/arena/use-vote-keys";
import { ClipControls } from "@/components/clips/clip-controls";
import { useClipClock } from "@/components/clips/use-clip-clock";
import { COMPLETE, comparisonPairs, type Progress } from "@/components/comparisons/comparison-pairs";
import type { ComparisonVoteResponse, VotingView } from "@/lib/schemas/comparisons";

type VotingStage = Stage<ComparisonVoteResponse>;

/** Pairs of a comparison, one after another, on the arena's stage. Names are told only where its owner says so. */
export function Voting({ comparison: { comparisonId, isOwner } }: { comparison: VotingView }) {
  const t = useTranslations("comparisons.voting");
  const [progress, setProgress] = useState<Progress | null>(null);
  const [takesKeys, toggleKeys] = useSwitch("salon-keys", true);
  const source = useMemo(() => comparisonPairs(comparisonId, setProgress), [comparisonId]);
  const onVote = useCallback(
    ({ done }: ComparisonVoteResponse) =>
      setProgress((before) => before && { of: before.of, done: Math.max(done, before.done) }),
    [],
  );
  const { stage, open, next, vote, painted } = useBattles(source, onVote, false);
  const names = stage.name === "revealed" ? stage.result.names : null;
  const look = useCloseLook(stage);
  useGoingOn(stage, next);
  useVoteKeys((takesKeys && (stage.name === "ready" ? "vote" : names ? "next" : null)) || "off", {
    answer: vote,
    goOn: () => void next(),
    takeBack: () => {},
    toggleDetails: () => {},
    look: look.open,
  });
  const pair = battleOn(stage);
  const clock = useClipClock(pair?.battleId ?? null, pair?.clip ?? null);
  const part = useRef<HTMLDivElement>(null);
  const shown = usePairOnScreen(part, stage, painted);
  const pointerMoved = usePointerMoved(shown);
  if (stage.name === "failed" && stage.error.code === COMPLETE)
    return <AllSeen progress={progress} results={isOwner ? comparisonId : null} />;
  return (
    <div className="page-wide flex flex-col items-center pt-4 pb-8 md:pt-6">
      <ProgressLine progress={progress} />
      <div
        ref={part}
        data-pointer={pointerMoved ? "moved" : "resting"}
        className="group/stage flex w-full flex-col items-center"
      >
        <StagePrompt stage={stage} />
        {stage.name === "failed" || stage.name === "waiting" ? (
          stage.name === "failed" && <StageFailure error={stage.error} onNext={() => void next()} />
        ) : (
          <>
            <div
              className={`${clock.clip ? "[--controls:3.5rem]" : "[--controls:0rem]"} mt-4 flex flex-col items-center gap-3 [--side:min(100vw-2rem,max(13rem,(100svh-23.5rem-var(--controls))/2))] md:mt-5 md:flex-row md:items-start md:gap-8 md:[--side:min((100vw-6.5rem)/2,max(16rem,100svh-24rem-var(--controls)),48rem)] xl:gap-12`}
            >
              <Sides
                stage={stage}
                frame={clock.frame}
                onVote={open ? vote : undefined}
                onLook={look.open}
                label={(side, letter) => (
                  <p className="text-muted mt-2 min-h-6 truncate text-center text-sm">
                    {names ? (
                      <span translate="no">{names[side]}</span>
                    ) : (
                      <span className="hidden md:inline">
                        {t("letter", { kind: clock.clip ? "video" : "image", letter })}
                      </span>
                    )}
                  </p>
                )}
              />
            </div>
            <ClipControls clock={clock} takesKeys={takesKeys} />
            <CloseLook look={look} />
            <StageBar
              stage={stage}
              open={open}
              showsKeys={takesKeys}
              told={() => ""}
              onVote={vote}
              onAnswer={() => {}}
              onSend={() => {}}
              onNext={names ? () => void next() : undefined}
            />
            <span className="mt-2 hidden min-h-7 [@media(hover:hover)]:inline">
              <KeySwitch on={takesKeys} onToggle={toggleKeys} />
            </span>
            <PairNote stage={stage} />
          </>
        )}
      </div>
    </div>
  );
}

/** Where there are no names to read, the next pair comes by itself. */
function useGoingOn(stage: VotingStage, next: () => Promise<void>) {
  const counted = stage.name === "revealed" && stage.result.names === null ? stage.battle.battleId : null;
  useEffect(() => {
    if (counted !== null) void next();
  }, [counted, next]);
}

function ProgressLine({ progress }: { progress: Progress | null }) {
  const t = useTranslations("comparisons.voting");
  if (progress === null) return <p className="min-h-9" />;
  const { done, of } = progress;
  return (
    <div className="w-full max-w-md">
      <p className="text-muted text-center text-sm tabular-nums">{t("progress", { done, of })}</p>
      <progress className="sr-only" value={done} max={of} aria-label={t("progressLabel")} />
      <div className="bg-sunk mt-1 h-1 overflow-hidden rounded-full" aria-hidden="true">
        <div
          className="bg-accent h-full rounded-full"
          style={{ width: `${(100 * done) / Math.max(1, of)}%` }}
        />
      </div>
    </div>
  );
}

function AllSeen({ progress, results }: { progress: Progress | null; results: string | null }) {
  const t = useTranslations("comparisons.voting");
  return (
    <div className="page flex flex-col items-center py-20 text-center">
      <h1 className="text-4xl">{t("allSeen")}</h1>
      <p className="text-muted mt-4 max-w-xl">
        {progress === null || progress.done === 0 ? t("noPair") : t("thanks", { n: progress.done })}
      </p>
      {results !== null && (
        <Link href={`/comparisons/${results}`} className="link mt-6">
          {t("results")}
        </Link>
      )}
    </div>
  );
}
