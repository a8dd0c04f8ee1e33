"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type PointerEvent } from "react";
import { Covered } from "@/components/covered";
import { ReportImage } from "@/components/moderation/report-image";
import { isBlurred, sampleIn, sharpAddress } from "@/lib/schemas/sample-address";
import { pointOf, pushed, shownSize, WHOLE, type View } from "@/components/viewer/view";

type Size = { width: number; height: number };

/** A press that moves less than this, in CSS pixels, is a press and no drag. */
const STILL = 4;

/** One image of the viewer. A drag pushes it, a double press goes from the whole to 1:1 at that point and back. */
export function Pane({
  image,
  view,
  onView,
  onShown,
}: {
  image: { src: string; label: string };
  view: View;
  onView: (view: View) => void;
  /** Told the image's size on the screen, in CSS pixels. */
  onShown?: (size: Size) => void;
}) {
  const [own, setOwn] = useState<Size | null>(null);
  const [small, setSmall] = useState(false);
  const [failed, setFailed] = useState(false);
  const [wanted, setWanted] = useState(false);
  const covered = isBlurred(image.src) && !wanted;
  const sampleId = sampleIn(image.src);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const ratio = typeof window === "undefined" ? 1 : window.devicePixelRatio || 1;
  const shown = own === null ? { width: 0, height: 0 } : shownSize(own, view.zoom ?? 1, ratio);
  const { width, height } = shown;
  useEffect(() => onShown?.({ width, height }), [onShown, width, height]);

  const move = (event: PointerEvent) => {
    const from = drag.current;
    if (from === null) return;
    const by = { x: event.clientX - from.x, y: event.clientY - from.y };
    if (!from.moved && Math.hypot(by.x, by.y) < STILL) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    onView(pushed(view, by, shown));
  };
  return (
    <figure className="flex min-h-0 min-w-0 flex-col gap-1">
      <div
        data-pane
        className={`bg-sunk relative min-h-0 flex-1 overflow-hidden rounded-md ${view.zoom === null ? "cursor-zoom-in touch-pan-y" : "cursor-grab touch-none active:cursor-grabbing"}`}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, moved: false };
          event.currentTarget.setPointerCapture?.(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
        onDoubleClick={({ currentTarget, clientX, clientY }) => {
          if (view.zoom !== null || own === null) return onView(WHOLE);
          const pane = currentTarget.getBoundingClientRect();
          const at = { x: clientX - pane.left, y: clientY - pane.top };
          onView({ zoom: 1, ...pointOf(at, pane, own) });
        }}
      >
        <img
          src={wanted ? sharpAddress(image.src) : image.src}
          alt={image.label}
          draggable={false}
          onLoad={({ currentTarget }) => {
            const { naturalWidth: width, naturalHeight: height, clientWidth, clientHeight } = currentTarget;
            setOwn({ width, height });
            // As everywhere: a small image shown large keeps its own pixels.
            setSmall(Math.min(clientWidth / width, clientHeight / height) * ratio >= 2);
          }}
          onError={() => setFailed(true)}
          className={
            view.zoom === null
              ? "absolute inset-0 size-full object-contain"
              : "absolute top-1/2 left-1/2 max-w-none select-none"
          }
          style={
            view.zoom === null
              ? { imageRendering: small ? "pixelated" : "auto" }
              : {
                  width,
                  height,
                  // The point (x, y) of the image lies in the middle of the pane.
                  transform: `translate(${-100 * view.x}%, ${-100 * view.y}%)`,
                  imageRendering: view.zoom > 1 ? "pixelated" : "auto",
                }
          }
        />
        {covered && <Covered onShow={() => setWanted(true)} prompt={image.label} />}
        {failed && <NotArrived />}
      </div>
      <figcaption className="text-muted flex justify-between gap-3 text-xs tabular-nums">
        <span className="truncate">{image.label}</span>
        <span className="flex shrink-0 items-baseline gap-3">
          {own !== null && !covered && (
            <span>
              {own.width} × {own.height}
            </span>
          )}
          {sampleId !== null && <ReportImage what={{ sampleId }} />}
        </span>
      </figcaption>
    </figure>
  );
}

function NotArrived() {
  const t = useTranslations("viewer");
  return (
    <p role="alert" className="text-alarm absolute inset-0 grid place-items-center p-4 text-sm">
      {t("notArrived")}
    </p>
  );
}
