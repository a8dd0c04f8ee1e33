"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useFormat } from "@/components/use-format";

const DURATION_MS = 900;
const DELAY_MS = 250;

/** A rating counting from before to after: the one thing here that moves, because it is the thing that moved. */
export function EloMovement({ before, after }: { before: number; after: number }) {
  const t = useTranslations("arena");
  const { points, signed } = useFormat();
  const [shown, setShown] = useState(before);
  useEffect(() => {
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      setShown(after);
      return;
    }
    const startedAt = performance.now() + DELAY_MS;
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - startedAt) / DURATION_MS));
      const eased = 1 - (1 - share) ** 3;
      setShown(before + (after - before) * eased);
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [before, after]);
  const change = after - before;
  const tone = change > 0 ? "bg-accent-soft text-accent" : "bg-sunk text-muted";
  return (
    <span className="inline-flex items-baseline gap-2 tabular-nums">
      <span className="text-muted text-xs">{t("elo")}</span>
      <span className="font-serif text-xl leading-none" aria-hidden="true">
        {points(shown)}
      </span>
      <span className="sr-only">{points(after)}</span>
      <span
        className={`appear rounded px-1.5 py-0.5 text-xs font-medium ${tone}`}
        style={{ animationDelay: "250ms" }}
      >
        {signed(change, Math.abs(change) < 1 ? 1 : 0)}
      </span>
    </span>
  );
}
