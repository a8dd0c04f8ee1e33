"use client";

import { ZoomIn } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Framed } from "@/components/arena/fair-frame";
import { useLongPress } from "@/components/arena/use-long-press";
import { ClipFrame } from "@/components/clips/clip-frame";
import { SampleImage } from "@/components/sample-image";
import type { Clip } from "@/lib/schemas/battles";

type BattleImageProps = {
  letter: "A" | "B";
  prompt: string;
  url: string | null;
  framed: Framed;
  /** Of a video: which of its frames is shown. */
  moment: { clip: Clip; frame: number } | null;
  /** Why there is no image yet. */
  pending?: ReactNode;
  onChoose?: (at: number) => void;
  /** Opens both sides' images over the page. */
  onLook?: () => void;
  standing: "open" | "chosen" | "passed";
  /** What stands under it. */
  label: ReactNode;
};

/** One side of the stage: an image that is itself the button, and its label. */
export function BattleImage({
  letter,
  prompt,
  url,
  framed: { aspect, share, own },
  moment,
  pending,
  onChoose,
  onLook,
  standing,
  label,
}: BattleImageProps) {
  const t = useTranslations("arena");
  const kind = moment === null ? "image" : "video";
  const alt = t("alt", { kind, letter, prompt });
  const longPress = useLongPress(onLook);
  return (
    <div className="relative" style={{ width: `calc(var(--side) * ${Math.min(1, aspect)})` }}>
      <button
        type="button"
        data-stage
        {...longPress}
        onClick={(event) => onChoose?.(event.timeStamp)}
        disabled={!onChoose}
        className={`frame relative block w-full transition-[box-shadow,border-color] duration-300 [--frame-padding:clamp(6px,1.2vw,14px)] [-webkit-touch-callout:none] ${
          standing === "chosen" ? "border-accent! ring-accent ring-2" : ""
        } group-data-[pointer=moved]/stage:enabled:hover:border-ink`}
      >
        <span className="sr-only">{t("isBetter", { kind, letter })} </span>
        {url && moment ? (
          <ClipFrame src={url} prompt={alt} aspect={aspect} {...moment} />
        ) : url ? (
          // What an image leaves of the frame is the frame's own colour.
          <span className="grid w-full place-items-center" style={{ aspectRatio: aspect }}>
            <span className="block" style={{ width: `${100 * share}%` }}>
              <SampleImage src={url} prompt={alt} eager aspect={own} className="fade-in" />
            </span>
          </span>
        ) : (
          <span
            className="bg-sunk text-muted relative grid w-full place-items-center overflow-hidden text-sm"
            style={{ aspectRatio: aspect }}
          >
            {pending}
          </span>
        )}
        <span
          aria-hidden="true"
          translate="no"
          className={`absolute top-0 left-0 grid size-8 place-items-center font-serif text-base ${
            standing === "chosen"
              ? "bg-accent text-on-accent"
              : "bg-frame text-ink border-line border-r border-b"
          }`}
        >
          {letter}
        </span>
      </button>
      {onLook && (
        <button
          type="button"
          aria-label={t("lookAt", { letter })}
          title={t("look")}
          onClick={onLook}
          className="bg-frame/90 text-muted hover:text-ink border-line absolute top-0 right-0 grid size-9 place-items-center border"
        >
          <ZoomIn className="size-4" aria-hidden="true" />
        </button>
      )}
      {label}
    </div>
  );
}
