"use client";

import type { ReactNode } from "react";
import { ClipFrame } from "@/components/clips/clip-frame";
import { SampleImage } from "@/components/sample-image";
import type { Clip } from "@/lib/schemas/battles";

type BattleImageProps = {
  letter: "A" | "B";
  prompt: string;
  url: string | null;
  /** Of both sides' images; null before there are any. */
  size: { width: number; height: number } | null;
  /** Of a video: which of its frames is shown. */
  moment: { clip: Clip; frame: number } | null;
  /** Why there is no image yet. */
  pending?: ReactNode;
  onChoose?: (at: number) => void;
  standing: "open" | "chosen" | "passed";
  /** What stands under it. */
  label: ReactNode;
};

/** One side of the stage: an image that is itself the button, and its label. */
export function BattleImage({
  letter,
  prompt,
  url,
  size,
  moment,
  pending,
  onChoose,
  standing,
  label,
}: BattleImageProps) {
  const what = moment === null ? "image" : "video";
  const aspect = size === null ? 1 : size.width / size.height;
  return (
    <div className="relative" style={{ width: `calc(var(--side) * ${Math.min(1, aspect)})` }}>
      <button
        type="button"
        data-stage
        onClick={(event) => onChoose?.(event.timeStamp)}
        disabled={!onChoose}
        className={`frame relative block w-full transition-[box-shadow,border-color] duration-300 [--frame-padding:clamp(6px,1.2vw,14px)] ${
          standing === "chosen" ? "border-accent! ring-accent ring-2" : ""
        } group-data-[pointer=moved]/stage:enabled:hover:border-ink`}
      >
        <span className="sr-only">
          {moment === null ? "Image" : "Video"} {letter} is better:{" "}
        </span>
        {url && moment ? (
          <ClipFrame src={url} prompt={`${what} ${letter}, ${prompt}`} aspect={aspect} {...moment} />
        ) : url ? (
          <SampleImage
            src={url}
            prompt={`${what} ${letter}, ${prompt}`}
            eager
            aspect={aspect}
            className="fade-in"
          />
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
          className={`absolute top-0 left-0 grid size-8 place-items-center font-serif text-base ${
            standing === "chosen"
              ? "bg-accent text-on-accent"
              : "bg-frame text-ink border-line border-r border-b"
          }`}
        >
          {letter}
        </span>
      </button>
      {label}
    </div>
  );
}
