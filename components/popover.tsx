"use client";

import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import type { Placed } from "@/components/popover-content";

const load = () => import("@/components/popover-content");
const PopoverContent = lazy(() => load().then((loaded) => ({ default: loaded.PopoverContent })));

/** A button with something behind it, opened by finger, mouse and key. What places it is loaded once somebody is about to open it. */
export function Popover({
  trigger,
  className,
  children,
  ...placed
}: Placed & {
  /** What stands in the button, and how the button looks. */
  trigger: ReactNode;
  className: string;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen && (
        <Suspense>
          <PopoverContent button={button} onClose={() => setOpen(false)} {...placed}>
            {children}
          </PopoverContent>
        </Suspense>
      )}
    </>
  );
}
