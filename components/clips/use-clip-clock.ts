"use client";

import { useCallback, useEffect, useEffectEvent, useState } from "react";
import type { Clip } from "@/lib/schemas/battles";

/** The one clock of videos that are shown side by side: which frame of each is shown, and what moves it. */
export interface ClipClock {
  /** null: what stands there does not move. */
  clip: Clip | null;
  frame: number;
  playing: boolean;
  /** At half speed. */
  slow: boolean;
  loops: boolean;
  toggle: () => void;
  /** Pauses at a frame; beyond either end it comes round to the other. */
  seek: (frame: number) => void;
  toggleSlow: () => void;
  toggleLoop: () => void;
}

interface State {
  key: string | null;
  frame: number;
  playing: boolean;
  slow: boolean;
  loops: boolean;
}

/** Whoever has asked for less motion starts the video themselves. */
const movesUnasked = () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The frame that is due. @param seconds since frame 0 was shown, at full speed */
export function frameAt(seconds: number, { frames, rate }: Clip, loops: boolean): number {
  const passed = Math.floor(seconds * rate + 1e-6);
  return loops ? passed % frames : Math.min(frames - 1, passed);
}

/**
 * Plays what is shown from its first frame on. Another begins anew; half speed and looping stay as they were set.
 * @param key tells what is shown from what was shown before; null: nothing is
 * @param options.waits whether it stands still until it is played
 */
export function useClipClock(
  key: string | null,
  clip: Clip | null,
  { waits = false }: { waits?: boolean } = {},
): ClipClock {
  const [state, setState] = useState<State>({
    key: null,
    frame: 0,
    playing: false,
    slow: false,
    loops: true,
  });
  if (state.key !== key)
    setState({ ...state, key, frame: 0, playing: clip !== null && !waits && movesUnasked() });
  const { frame, playing, slow, loops } = state;

  const standing = useEffectEvent(() => frame);
  useEffect(() => {
    if (clip === null || !playing) return;
    const speed = slow ? 0.5 : 1;
    const from = standing();
    let begun: number | null = null;
    let wanted = 0;
    const tick = (now: number) => {
      // It goes on from where it stands.
      begun ??= now - (from / clip.rate / speed) * 1000;
      const due = frameAt(((now - begun) / 1000) * speed, clip, loops);
      const ended = !loops && due === clip.frames - 1;
      setState((last) =>
        due === last.frame && !ended ? last : { ...last, frame: due, playing: !ended && last.playing },
      );
      if (!ended) wanted = requestAnimationFrame(tick);
    };
    wanted = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(wanted);
  }, [clip, playing, slow, loops, key]);

  const frames = clip?.frames ?? 1;
  const change = useCallback((part: (last: State) => Partial<State>) => {
    setState((last) => ({ ...last, ...part(last) }));
  }, []);
  return {
    clip,
    frame: Math.min(frame, frames - 1),
    playing,
    slow,
    loops,
    toggle: () =>
      change((last) => ({
        playing: !last.playing,
        // One that came to its end plays from the beginning.
        frame: !last.playing && !last.loops && last.frame === frames - 1 ? 0 : last.frame,
      })),
    seek: (to) => change(() => ({ frame: ((to % frames) + frames) % frames, playing: false })),
    toggleSlow: () => change((last) => ({ slow: !last.slow })),
    toggleLoop: () => change((last) => ({ loops: !last.loops })),
  };
}
