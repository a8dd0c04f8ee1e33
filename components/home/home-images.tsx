"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SampleImage } from "@/components/sample-image";

/** Places on a grid of 8 by 6: column, row, side. Large ones first, so that a few images fill it well. */
const PLACES = [
  [3, 2, 3],
  [6, 3, 3],
  [1, 1, 2],
  [6, 1, 2],
  [1, 3, 2],
  [3, 5, 2],
  [5, 5, 1],
  [4, 1, 1],
  [8, 2, 1],
  [2, 5, 1],
  [6, 6, 1],
  [3, 1, 1],
  [1, 5, 1],
  [5, 6, 1],
  [2, 6, 1],
  [7, 6, 1],
] as const;

type Shown = { sampleId: string; url: string; prompt: string };

/** Samples close together in many sizes. Pointing at one reads its prompt. */
export function HomeImages({ samples }: { samples: Shown[] }) {
  const t = useTranslations("home");
  const [pointed, setPointed] = useState<string | null>(null);
  const shown = PLACES.map((place, index) => ({ place, sample: samples[index] ?? null }));
  const nothing = samples.length === 0;
  return (
    <figure>
      <div
        className="grid grid-cols-8 grid-rows-6 gap-1.5 sm:gap-2.5"
        style={{ aspectRatio: "8 / 6" }}
        onPointerLeave={() => setPointed(null)}
      >
        {shown.map(({ place: [column, row, side], sample }, index) => {
          const style = {
            gridColumn: `${column} / span ${side}`,
            gridRow: `${row} / span ${side}`,
            animationDelay: `${index * 35}ms`,
          };
          if (!sample)
            return nothing ? (
              <div
                key={index}
                style={style}
                className="border-line-strong/60 border border-dashed"
                aria-hidden="true"
              />
            ) : null;
          return (
            <div
              key={sample.sampleId}
              style={style}
              className={`frame appear ${side === 1 ? "[--frame-padding:3px]" : side === 2 ? "[--frame-padding:5px]" : "[--frame-padding:8px]"}`}
              onPointerEnter={() => setPointed(sample.prompt)}
            >
              <SampleImage src={sample.url} prompt={sample.prompt} eager />
            </div>
          );
        })}
      </div>
      <figcaption className="text-muted mt-4 min-h-6 text-center font-serif text-[0.9375rem] italic">
        {nothing ? t("noImages") : pointed === null ? t("everyImage") : <span translate="no">{pointed}</span>}
      </figcaption>
    </figure>
  );
}
