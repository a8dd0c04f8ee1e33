"use client";

import { useEffect, useRef, useState } from "react";

/**
 * Whether the pointer has moved since `key` changed. What appears under a resting pointer must not look chosen, so only
 * then may hovering light it.
 */
export function usePointerMoved(key: string | null): boolean {
  const [movedOn, setMovedOn] = useState<string | null>(null);
  const place = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    // A browser may send a move of nowhere when the page changes under the pointer.
    const listener = ({ screenX: x, screenY: y }: PointerEvent) => {
      const before = place.current;
      place.current = { x, y };
      if (before !== null && (before.x !== x || before.y !== y)) setMovedOn(key);
    };
    window.addEventListener("pointermove", listener);
    return () => window.removeEventListener("pointermove", listener);
  }, [key]);
  return key !== null && movedOn === key;
}
