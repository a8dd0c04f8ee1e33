"use client";

import { useTranslations } from "next-intl";
import { useRef, type KeyboardEvent, type PointerEvent } from "react";

/** How two images are looked at: both beside each other (null), or one of them, and for as long as it is swapped the other in its place. */
export interface Beside {
  only: 0 | 1 | null;
  isSwapped: boolean;
}

/** Held, the other one is shown in the same place: what differs then flickers. From both beside each other it begins with the first. */
const swapped = ({ only }: Beside, isSwapped: boolean): Beside => ({ only: only ?? 0, isSwapped });

/** After a key went down or up; null: it says nothing of this. */
export function besideAfter(
  { key, type, repeat }: Pick<KeyboardEvent, "key" | "type" | "repeat">,
  beside: Beside,
): Beside | null {
  if (key.toLowerCase() !== "f") return null;
  return repeat ? beside : swapped(beside, type === "keydown");
}

/** Both, the first, the second; and a button that is held to swap them. */
export function BesideChoice({
  labels,
  beside,
  onBeside,
}: {
  labels: readonly string[];
  beside: Beside;
  onBeside: (beside: Beside) => void;
}) {
  const t = useTranslations("viewer");
  const choices: [only: Beside["only"], label: string][] = [
    [null, t("both")],
    [0, labels[0]],
    [1, labels[1]],
  ];
  const hold = () => onBeside(swapped(beside, true));
  const letGo = () => onBeside({ ...beside, isSwapped: false });
  return (
    <div role="group" aria-label={t("which")} className="flex flex-wrap items-center gap-2">
      {choices.map(([only, label]) => (
        <button
          key={label}
          type="button"
          aria-pressed={beside.only === only}
          className="button-quiet button-small aria-pressed:border-accent aria-pressed:text-accent max-w-40"
          onClick={() => onBeside({ only, isSwapped: false })}
        >
          <span className="truncate">{label}</span>
        </button>
      ))}
      <button
        type="button"
        aria-pressed={beside.isSwapped}
        className="button-quiet button-small aria-pressed:border-accent aria-pressed:text-accent touch-none select-none"
        onPointerDown={hold}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onBlur={letGo}
        onKeyDown={({ key }) => (key === " " || key === "Enter") && hold()}
        onKeyUp={({ key }) => (key === " " || key === "Enter") && letGo()}
      >
        {t("flicker")}
      </button>
    </div>
  );
}

/** A finger that goes so far to the side, in CSS pixels, wants the other image. */
const SWIPE = 48;

/** What a part of the page does with a swipe to either side. @param onSwipe null: nothing */
export function useSwipe(onSwipe: (() => void) | null) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: ({ clientX: x, clientY: y }: PointerEvent) => (from.current = { x, y }),
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      if (from.current === null) return;
      const [x, y] = [clientX - from.current.x, clientY - from.current.y];
      from.current = null;
      if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) onSwipe?.();
    },
    onPointerCancel: () => (from.current = null),
  };
}
