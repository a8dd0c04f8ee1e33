"use client";

import { Play, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { ClipControls } from "@/components/clips/clip-controls";
import { ClipFrame } from "@/components/clips/clip-frame";
import { useClipClock } from "@/components/clips/use-clip-clock";
import { InsideButton } from "@/components/covered";
import { ReportImage } from "@/components/moderation/report-image";
import { SourceImages } from "@/components/source-images";
import type { ClipPair } from "@/lib/schemas/battles";
import { sampleIn } from "@/lib/schemas/sample-address";

/** A button that opens two videos over the page, where they play side by side by one clock. */
export function ClipViewer({
  clips,
  labels,
  sources = [],
  title,
  children,
}: {
  clips: ClipPair;
  /** Of the first and of the second. */
  labels: readonly [string, string];
  sources?: readonly string[];
  /** What both of them show: the prompt. */
  title: string;
  /** What is pressed to open it. */
  children: ReactNode;
}) {
  const t = useTranslations("clips");
  return (
    <Dialog.Root>
      <Dialog.Trigger
        className="relative block w-full cursor-pointer"
        aria-label={t("playBoth", { prompt: title })}
      >
        <InsideButton>{children}</InsideButton>
        <span
          className="bg-paper/90 absolute right-1 bottom-1 grid size-6 place-items-center rounded-full"
          aria-hidden="true"
        >
          <Play className="size-3.5" />
        </span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="bg-page fixed inset-0 z-50 flex flex-col items-center gap-3 overflow-y-auto p-3 outline-none sm:p-5"
        >
          <div className="flex w-full items-start gap-x-5">
            <Dialog.Title
              className="line-clamp-3 min-w-0 flex-1 font-serif text-lg"
              title={title}
              translate="no"
            >
              {title}
            </Dialog.Title>
            <Dialog.Close className="button-quiet button-small" aria-label={t("close")}>
              <X className="size-4" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <SourceImages sources={[...sources]} className="justify-center" />
          <Playing clips={clips} labels={labels} title={title} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Playing({
  clips,
  labels,
  title,
}: Pick<Parameters<typeof ClipViewer>[0], "clips" | "labels" | "title">) {
  const t = useTranslations("clips");
  const clock = useClipClock(`${clips.first} ${clips.second}`, clips);
  return (
    <>
      <div className="flex w-full flex-col items-center justify-center gap-3 [--side:min(100vw-1.5rem,max(8rem,(100svh-16rem)/2))] sm:flex-row sm:items-start sm:gap-6 sm:[--side:min((100vw-4rem)/2,max(12rem,100svh-13rem),48rem)]">
        {[clips.first, clips.second].map((src, side) => {
          const sampleId = sampleIn(src);
          return (
            <figure key={src} className="w-(--side)">
              <ClipFrame
                src={src}
                prompt={t("labelled", { prompt: title, label: labels[side] })}
                clip={clips}
                frame={clock.frame}
                aspect={1}
              />
              <figcaption className="text-muted mt-1 flex justify-between gap-3 text-xs">
                <span className="truncate" translate="no">
                  {labels[side]}
                </span>
                {sampleId !== null && <ReportImage what={{ sampleId }} isVideo />}
              </figcaption>
            </figure>
          );
        })}
      </div>
      <ClipControls clock={clock} takesKeys />
    </>
  );
}
