"use client";

import { Info } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Popover } from "@/components/popover";

/**
 * What something means, behind a small button: for fingers and keys as well as for a mouse.
 * @param props.about what it explains, for screen readers: "Rating"
 * @param props.mark what the button shows, and is called by; an i unless given
 */
export function Explain({ about, mark, children }: { about: string; mark?: ReactNode; children: ReactNode }) {
  const t = useTranslations("site");
  return (
    <Popover
      className={`text-muted hover:text-ink min-h-6 shrink-0 align-middle ${mark === undefined ? "inline-grid min-w-6 place-items-center" : "decoration-dotted underline-offset-4 hover:underline"}`}
      trigger={
        <>
          {mark ?? <Info className="size-3.5" aria-hidden="true" />}
          <span className="sr-only">{mark === undefined ? t("explain", { about }) : `, ${about}`}</span>
        </>
      }
      label={about}
      offset={4}
      contentClassName="card fade-in text-ink z-50 max-w-72 px-4 py-3 text-left font-sans text-sm leading-relaxed font-normal whitespace-normal shadow-lg"
    >
      {children}
    </Popover>
  );
}
