"use client"; // A page then carries what its many images are made from once, not once more as a tree of elements.

import { useTranslations } from "next-intl";
import { DemoImage } from "@/components/demos/demo-image";
import type { StackImage } from "@/lib/schemas/stack/stack-page";

/** The same prompts and seeds down the columns; what changes from column to column stands above. */
export function SweepStrip({
  caption,
  columns,
}: {
  caption: string;
  columns: { label: string; images: (StackImage | null)[] }[];
}) {
  const t = useTranslations("demos");
  return (
    <figure className="my-6">
      <div
        className="grid gap-1.5 sm:gap-3"
        style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 7.5rem))` }}
      >
        {columns.map(({ label, images }) => (
          <div key={label} className="grid content-start gap-1.5 sm:gap-3">
            <p className="text-muted text-center text-[0.6875rem] tabular-nums sm:text-xs">{label}</p>
            {images.map((image, index) => (
              <DemoImage
                key={index}
                image={image}
                prompt={image ? t("labelled", { prompt: image.prompt, label }) : label}
              />
            ))}
          </div>
        ))}
      </div>
      <figcaption className="text-muted mt-3 text-sm">{caption}</figcaption>
    </figure>
  );
}
