"use client";

import { useEffect, useRef, type MouseEvent, type PointerEvent } from "react";

/** How long a finger rests to mean more than a tap, in milliseconds; and how far it may stray, in CSS pixels. */
const LONG_MS = 500;
const STILL = 10;

/** What a control does with a finger that rests on it: something else than a tap, whose click then counts for nothing. */
export function useLongPress(onLong: (() => void) | undefined) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const end = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  useEffect(() => end, []);
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
      end();
      wasLong.current = false;
      if (onLong === undefined || pointerType !== "touch") return;
      const timer = setTimeout(() => {
        wasLong.current = true;
        onLong();
      }, LONG_MS);
      press.current = { timer, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { current } = press;
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > STILL) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    // The browser's own menu of an image would come at the same moment.
    onContextMenu: (event: MouseEvent) => {
      if (press.current !== null || wasLong.current) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      if (!wasLong.current) return;
      wasLong.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
