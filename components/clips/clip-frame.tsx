"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { Clip } from "@/lib/schemas/battles";

/**
 * One frame of a video, cut out of the image that holds them all: videos side by side show theirs in one paint. A small video shown
 * large keeps its own pixels, as images do.
 */
export function ClipFrame({
  src,
  prompt,
  clip: { frames, columns },
  frame,
  aspect,
}: {
  src: string;
  /** What was asked for: the alternative text. */
  prompt: string;
  clip: Clip;
  frame: number;
  /** Width / height of its frames, as long as they are not known. */
  aspect: number;
}) {
  const t = useTranslations("clips");
  const rows = Math.ceil(frames / columns);
  const [own, setOwn] = useState({ aspect, smooth: false });
  const measure = useCallback(
    (sheet: HTMLImageElement | null) => {
      if (!sheet?.complete || sheet.naturalWidth === 0) return;
      const [width, height] = [sheet.naturalWidth / columns, sheet.naturalHeight / rows];
      const shown = sheet.clientWidth / columns;
      setOwn({ aspect: width / height, smooth: width * 2 > shown * window.devicePixelRatio });
    },
    [columns, rows],
  );
  const [column, row] = [frame % columns, Math.floor(frame / columns)];
  return (
    <span className="fade-in relative block w-full overflow-hidden" style={{ aspectRatio: own.aspect }}>
      <img
        ref={measure}
        src={src}
        alt={t("alt", { prompt, frame: frame + 1, frames })}
        draggable={false}
        data-frame={frame}
        onLoad={(event) => measure(event.currentTarget)}
        className="absolute top-0 left-0 max-w-none"
        style={{
          width: `${columns * 100}%`,
          imageRendering: own.smooth ? "auto" : "pixelated",
          transform: `translate(${(-column / columns) * 100}%, ${(-row / rows) * 100}%)`,
        }}
      />
    </span>
  );
}
