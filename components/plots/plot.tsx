"use client";

import type * as PlotModule from "@observablehq/plot";
import { useEffect, useRef, useState } from "react";

export type Draw = (plot: typeof PlotModule, width: number) => PlotModule.PlotOptions;

/** How far below the window a plot is drawn already. */
const NEAR = "600px";

/**
 * Observable Plot in a React tree: drawn at the container's width, redrawn when it changes. The library is loaded once a plot comes
 * near the window. `label` says in words what the drawing shows.
 */
export function Plot({ draw, label, height }: { draw: Draw; label: string; height: number }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const target = box.current;
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    const views = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        views.disconnect();
        sizes.observe(target);
      },
      { rootMargin: NEAR },
    );
    views.observe(target);
    return () => {
      views.disconnect();
      sizes.disconnect();
    };
  }, []);
  useEffect(() => {
    const target = box.current;
    if (!target || width === 0) return;
    let drawn: Element | null = null;
    let gone = false;
    void import("@observablehq/plot").then((plot) => {
      if (gone) return;
      drawn = plot.plot({ width, height, ...draw(plot, width) });
      drawn.setAttribute("aria-hidden", "true");
      target.replaceChildren(drawn);
    });
    return () => {
      gone = true;
      drawn?.remove();
    };
  }, [draw, width, height]);
  return (
    <div ref={box} role="img" aria-label={label} className="plot w-full" style={{ minHeight: height }} />
  );
}
