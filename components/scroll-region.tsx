"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";

/** What may be wider than the page: it scrolls by itself, by keyboard too, and a shadow shows that it goes on to the right. */
export function ScrollRegion({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [goesOn, setGoesOn] = useState(false);
  useEffect(() => {
    const target = box.current;
    if (target === null) return;
    // A pixel is lost to rounding where the page is zoomed.
    const look = () => setGoesOn(target.scrollLeft + target.clientWidth < target.scrollWidth - 1);
    const observer = new ResizeObserver(look);
    observer.observe(target);
    if (target.firstElementChild) observer.observe(target.firstElementChild);
    target.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      target.removeEventListener("scroll", look);
    };
  }, []);
  return (
    <div className={`relative ${className}`}>
      {/* Placed itself, so that what is placed in it is cut off with it and never widens the page. */}
      <div ref={box} tabIndex={0} role="region" aria-label={label} className="relative overflow-x-auto">
        {children}
      </div>
      {goesOn && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-0 w-8 bg-linear-to-l from-(--shadow) to-transparent"
        />
      )}
    </div>
  );
}
