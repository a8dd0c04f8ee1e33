"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SampleImage } from "@/components/sample-image";
import type { ReferenceSetView } from "@/lib/schemas/examination";

/** A few of a set's images; of videos their first frames, which move when they are asked to: nothing moves by itself. */
export function Examples({
  reference: { name, samples, examples },
}: {
  reference: Pick<ReferenceSetView, "name" | "samples" | "examples">;
}) {
  const t = useTranslations("references.examples");
  const [plays, setPlays] = useState(false);
  const areVideos = samples === "videos";
  return (
    <>
      <ul className="mt-5 grid max-w-xl grid-cols-6 gap-2">
        {examples.map((url, at) => (
          <li key={url} className="frame [--frame-padding:3px]">
            <SampleImage
              src={areVideos && !plays ? `${url}?still` : url}
              prompt={t("alt", { samples, n: at + 1, name })}
            />
          </li>
        ))}
      </ul>
      {areVideos && (
        <button
          type="button"
          className="button-quiet button-small mt-3"
          onClick={() => setPlays((before) => !before)}
        >
          {plays ? (
            <Pause className="size-4" aria-hidden="true" />
          ) : (
            <Play className="size-4" aria-hidden="true" />
          )}
          {t(plays ? "stop" : "play")}
        </button>
      )}
    </>
  );
}
