"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import type { ApiError } from "@/components/api-client";
import { BattleImage } from "@/components/arena/battle-image";
import { framesOf } from "@/components/arena/fair-frame";
import { battleOn, type Stage } from "@/components/arena/battle-state";
import { errorText } from "@/components/arena/error-text";
import { isFocusLost } from "@/components/arena/focus";
import { usePainted } from "@/components/arena/use-painted";
import { SourceImages } from "@/components/source-images";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { Outcome } from "@/lib/schemas/battles";

/** Tells when the pair on the stage has been painted (use-painted.ts). It is looked at from its prompt down, wherever the last one was left, and who went on by keyboard goes on from it. @returns its id; null: none */
export function usePairOnScreen(
  part: RefObject<HTMLElement | null>,
  stage: Stage<unknown>,
  painted: Parameters<typeof usePainted>[2],
): string | null {
  const shown = stage.name === "ready" ? stage.battle.battleId : null;
  usePainted(part, shown, painted);
  const isFirst = useRef(true);
  useEffect(() => {
    if (shown === null || part.current === null) return;
    const opens = isFirst.current;
    isFirst.current = false;
    if (part.current.getBoundingClientRect().top < 0) part.current.scrollIntoView({ block: "start" });
    // A page that opens leaves the focus at its beginning.
    if (!opens && isFocusLost()) part.current.focus({ preventScroll: true });
  }, [part, shown]);
  return shown;
}

/** What is asked, above the pair: category, prompt, the images that it edits, and the question. */
export function StagePrompt({ stage }: { stage: Stage<unknown> }) {
  const t = useTranslations("arena");
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
      <p className="eyebrow">
        {category === LIVE_CATEGORY || stage.name === "generating" ? (
          t("yourPrompt")
        ) : (
          <span translate="no">{category ?? "\u00a0"}</span>
        )}
      </p>
      <Words
        key={prompt ?? stage.name}
        text={prompt ? t("quoted", { prompt }) : t(stage.name === "failed" ? "noPair" : "choosing")}
      />
      {battle && <SourceImages sources={battle.sources} eager className="mt-2 justify-center" />}
      <p className="text-muted mt-1 min-h-5 text-sm break-words">
        {battle && (battle.question ? <span translate="no">{battle.question}</span> : t("question"))}
      </p>
    </div>
  );
}

/** From how many characters on a prompt is written smaller. */
const LONG = 110;

/** A prompt of any length: three lines of it, and the rest for who asks. */
function Words({ text }: { text: string }) {
  const t = useTranslations("arena");
  const heading = useRef<HTMLHeadingElement>(null);
  const [whole, setWhole] = useState(false);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const measure = () => {
      const { current } = heading;
      // Of the whole prompt there is nothing to measure: its button stays, to fold it again.
      if (current && !whole) setCut(current.scrollHeight > current.clientHeight + 1);
    };
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [whole]);
  return (
    <>
      <h1
        ref={heading}
        className={`fade-in mt-1 font-serif break-words whitespace-pre-line ${whole ? "" : "line-clamp-3"} ${
          text.length > LONG ? "text-base md:text-xl" : "text-[1.375rem] md:text-[2rem]"
        }`}
      >
        {text}
      </h1>
      {cut && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="text-accent min-h-7 text-sm underline underline-offset-2"
        >
          {t(whole ? "fewerLines" : "wholePrompt")}
        </button>
      )}
    </>
  );
}

/** The two images, each the button that chooses it. */
export function Sides({
  stage,
  frame = 0,
  onVote,
  onLook,
  label,
}: {
  stage: Exclude<Stage<unknown>, { name: "waiting" | "failed" }>;
  /** Of videos: which frame both sides show. */
  frame?: number;
  onVote: ((outcome: Outcome, at: number) => void) | undefined;
  /** Opens both images over the page. */
  onLook?: () => void;
  /** What stands under an image. */
  label: (side: "left" | "right", letter: "A" | "B") => ReactNode;
}) {
  const battle = battleOn(stage);
  const outcome = "outcome" in stage ? stage.outcome : null;
  const generating = stage.name === "generating" ? stage : null;
  const frames = framesOf(battle);
  return (["left", "right"] as const).map((side, at) => (
    <BattleImage
      // A new pair is a new pair of frames: nothing of the last one lingers.
      key={`${side}-${battle?.battleId ?? "none"}`}
      letter={side === "left" ? "A" : "B"}
      prompt={battle?.prompt ?? ""}
      url={battle?.[side].url ?? null}
      framed={frames[at]}
      onLook={battle && battle.clip === null ? onLook : undefined}
      moment={battle?.clip ? { clip: battle.clip, frame } : null}
      pending={
        generating ? (
          <GenerationWait startedAt={generating.startedAt} done={Boolean(generating.battle?.[side])} />
        ) : (
          <Placeholder />
        )
      }
      onChoose={
        onVote && (stage.name === "ready" || stage.name === "held" || stage.name === "detailing")
          ? (at) => onVote(side, at)
          : undefined
      }
      standing={
        outcome === null ? "open" : outcome === side ? "chosen" : outcome === "tie" ? "open" : "passed"
      }
      label={label(side, side === "left" ? "A" : "B")}
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
  const t = useTranslations("arena");
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
        <span>{done ? t("done") : t("generating", { seconds })}</span>
      </span>
    </>
  );
}

/** Why there is no pair, and the way on. */
export function StageFailure({ error, onNext }: { error: ApiError; onNext: () => void }) {
  const t = useTranslations("arena");
  return (
    <div role="alert" className="card mt-10 flex max-w-lg flex-col items-center gap-4 p-8 text-center">
      <TriangleAlert className="text-alarm size-6" aria-hidden="true" />
      <p>{errorText(t, error)}</p>
      {error.retryAfterSeconds !== null && (
        <p className="text-muted text-sm">{t("goOnIn", { seconds: error.retryAfterSeconds })}</p>
      )}
      <button type="button" className="button-primary" onClick={onNext}>
        {t("another")}
      </button>
    </div>
  );
}

/** What became of the vote before, where its pair is back on the stage. */
export function PairNote({ stage }: { stage: Stage<unknown> }) {
  const t = useTranslations("arena");
  if (stage.name !== "ready" || stage.refusal === null) return null;
  return (
    <p role="alert" className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-2 text-sm">
      {t("notCounted", { why: errorText(t, stage.refusal) })}
    </p>
  );
}
