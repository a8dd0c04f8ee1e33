"use client";

import { Minus, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useState, type KeyboardEvent } from "react";
import { BesideChoice, besideAfter, type Beside, useSwipe } from "@/components/viewer/beside";
import { FullScreen } from "@/components/viewer/full-screen";
import type { ViewedImage } from "@/components/viewer/image-viewer";
import { Pane } from "@/components/viewer/pane";
import { pushed, WHOLE, zoomedBy, zoomedTo, ZOOMS, type View } from "@/components/viewer/view";

/** CSS pixels that an arrow key moves by; with Shift, so many times as far. */
const STEP = 64;
const FAR = 5;
const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: STEP, y: 0 },
  ArrowRight: { x: -STEP, y: 0 },
  ArrowUp: { x: 0, y: STEP },
  ArrowDown: { x: 0, y: -STEP },
};

/** What is in the viewer: all images, or of two one at a time in the same place, with what moves and zooms them. */
export function ViewerPanes({
  images: given,
  title,
  note,
}: {
  images: readonly ViewedImage[];
  title: string;
  note?: string;
}) {
  const t = useTranslations("viewer");
  const source = useTranslations("site.sourceImages")("source");
  const images = given.map(({ src, label }) => ({ src, label: label ?? source }));
  const [view, setView] = useState<View>(WHOLE);
  const [shown, setShown] = useState({ width: 0, height: 0 });
  const [beside, setBeside] = useState<Beside>({ only: null, isSwapped: false });
  const isPair = images.length === 2;
  const onKey = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const turned = isPair ? besideAfter(event, beside) : null;
    if (turned !== null) {
      event.preventDefault();
      return setBeside(turned);
    }
    const next = event.type === "keydown" ? viewAfter(event, view, shown) : null;
    if (next === null) return;
    event.preventDefault();
    setView(next);
  };
  const swipe = useSwipe(
    isPair && view.zoom === null && beside.only !== null
      ? () => setBeside({ only: beside.only === 0 ? 1 : 0, isSwapped: false })
      : null,
  );
  const visible = beside.only !== null && beside.isSwapped ? 1 - beside.only : beside.only;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3" onKeyDown={onKey} onKeyUp={onKey}>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Dialog.Title
          className="line-clamp-2 min-w-0 flex-1 basis-48 font-serif text-lg"
          title={title}
          translate="no"
        >
          {title}
        </Dialog.Title>
        {isPair && (
          <BesideChoice labels={images.map(({ label }) => label)} beside={beside} onBeside={setBeside} />
        )}
        <Zooms view={view} onView={setView} />
        <FullScreen />
        <Dialog.Close className="button-quiet button-small" aria-label={t("close")}>
          <X className="size-4" aria-hidden="true" />
        </Dialog.Close>
      </div>
      <div
        {...swipe}
        className={`grid min-h-0 flex-1 gap-3 max-sm:auto-rows-fr ${images.length > 1 && visible === null ? "sm:auto-cols-fr sm:grid-flow-col" : ""}`}
      >
        {images.map((image, at) => (
          // One that is not shown stays loaded: it is there at once when its turn comes.
          <div
            key={image.src}
            className={visible === null || visible === at ? "grid min-h-0 min-w-0" : "hidden"}
          >
            <Pane image={image} view={view} onView={setView} onShown={at === 0 ? setShown : undefined} />
          </div>
        ))}
      </div>
      {note && <p className="text-muted text-xs">{note}</p>}
      <p className="text-muted hidden text-xs [@media(hover:hover)]:block">
        {t(isPair ? "keysOfTwo" : "keys")}
      </p>
    </div>
  );
}

/** How a key changes the view; null: not at all. */
function viewAfter(
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
  view: View,
  shown: { width: number; height: number },
): View | null {
  if (key in ARROWS) {
    const far = shiftKey ? FAR : 1;
    return pushed(view, { x: ARROWS[key].x * far, y: ARROWS[key].y * far }, shown);
  }
  if (key === "+" || key === "=") return zoomedBy(view, 1);
  if (key === "-") return zoomedBy(view, -1);
  if (key === "0") return WHOLE;
  return key === "1" ? zoomedTo(view, 1) : null;
}

function Zooms({ view, onView }: { view: View; onView: (view: View) => void }) {
  const t = useTranslations("viewer");
  const choices: [zoom: number | null, label: string][] = [
    [null, t("fit")],
    [1, "1:1"],
  ];
  const isCloser = view.zoom !== null && view.zoom > 1;
  return (
    <div role="group" aria-label={t("zoom")} className="flex items-center gap-2">
      {choices.map(([zoom, label]) => (
        <button
          key={label}
          type="button"
          aria-pressed={view.zoom === zoom}
          className="button-quiet button-small aria-pressed:border-accent aria-pressed:text-accent"
          onClick={() => onView(zoomedTo(view, zoom))}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        aria-label={t("farther")}
        className="button-quiet button-small"
        disabled={view.zoom === null}
        onClick={() => onView(zoomedBy(view, -1))}
      >
        <Minus className="size-4" aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-label={t("closer")}
        className="button-quiet button-small"
        disabled={view.zoom === ZOOMS.at(-1)}
        onClick={() => onView(zoomedBy(view, 1))}
      >
        <Plus className="size-4" aria-hidden="true" />
      </button>
      <span role="status" className="text-muted min-w-8 text-sm tabular-nums">
        {isCloser && `${view.zoom}:1`}
      </span>
    </div>
  );
}
