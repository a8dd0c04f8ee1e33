"use client";

import { Pause, Play, Repeat, StepBack, StepForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from "react";
import type { ClipClock } from "@/components/clips/use-clip-clock";

/** Plays videos, steps and scrubs through them, in step: by button, slider and, where keys are taken, by key. */
export function ClipControls({
  clock,
  takesKeys,
  label,
}: {
  clock: ClipClock;
  takesKeys: boolean;
  /** What it moves: both videos unless told. */
  label?: string;
}) {
  const t = useTranslations("clips");
  const { clip, frame, playing, slow, loops } = clock;
  const group = useRef<HTMLDivElement>(null);
  useClipKeys(clock, takesKeys && clip !== null, group);
  if (clip === null) return null;
  return (
    <div
      ref={group}
      role="group"
      aria-label={label ?? t("both")}
      className="mt-3 flex w-full max-w-2xl flex-wrap items-center justify-center gap-x-1 gap-y-1 sm:gap-x-2"
    >
      <Control label={t("before")} shortcut="," onPress={() => clock.seek(frame - 1)}>
        <StepBack className="size-4" aria-hidden="true" />
      </Control>
      <Control label={t(playing ? "pause" : "play")} shortcut="P" onPress={clock.toggle}>
        {playing ? (
          <Pause className="size-5" aria-hidden="true" />
        ) : (
          <Play className="size-5" aria-hidden="true" />
        )}
      </Control>
      <Control label={t("nextFrame")} shortcut="." onPress={() => clock.seek(frame + 1)}>
        <StepForward className="size-4" aria-hidden="true" />
      </Control>
      <input
        type="range"
        min={0}
        max={clip.frames - 1}
        value={frame}
        aria-label={t("frame")}
        aria-valuetext={t("frameOf", { frame: frame + 1, frames: clip.frames })}
        onChange={({ target }) => clock.seek(Number(target.value))}
        className="accent-accent h-11 min-w-16 flex-1 sm:min-w-32"
      />
      <span className="text-muted w-16 text-center text-sm tabular-nums max-sm:hidden" aria-hidden="true">
        {frame + 1} / {clip.frames}
      </span>
      <Control label={t("speed")} shortcut="S" pressed={slow} onPress={clock.toggleSlow}>
        <span className="text-sm tabular-nums">{t("half")}</span>
      </Control>
      <Control label={t("loop")} shortcut="L" pressed={loops} onPress={clock.toggleLoop}>
        <Repeat className="size-4" aria-hidden="true" />
      </Control>
    </div>
  );
}

function Control({
  label,
  shortcut,
  pressed,
  onPress,
  children,
}: {
  label: string;
  shortcut: string;
  pressed?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("clips");
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      aria-pressed={pressed}
      title={t("withKey", { label, key: shortcut })}
      onClick={onPress}
      className="hover:text-accent aria-pressed:bg-accent-soft grid size-11 place-items-center rounded-md"
    >
      {children}
    </button>
  );
}

/** Keys that vote or go on to the next pair (use-vote-keys.ts) are none of these. Those of a dialog are for what lies in it. */
function useClipKeys(clock: ClipClock, takesKeys: boolean, group: RefObject<HTMLElement | null>) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!takesKeys || event.metaKey || event.ctrlKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input:not([type=range]), textarea, select, [contenteditable]")) return;
    const above = target?.closest("[role=dialog], [role=menu]");
    if (above && !above.contains(group.current)) return;
    const actions: Record<string, () => void> = {
      p: clock.toggle,
      s: clock.toggleSlow,
      l: clock.toggleLoop,
      ",": () => clock.seek(clock.frame - 1),
      ".": () => clock.seek(clock.frame + 1),
    };
    const key = event.key.toLowerCase();
    // A key that is held steps on and on, but does not switch to and fro.
    if (event.repeat && key !== "," && key !== ".") return;
    actions[key]?.();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
