"use client";

import { Minus, Plus, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { InsideButton } from "@/components/covered";
import { Pane } from "@/components/viewer/pane";
import { pushed, WHOLE, zoomedBy, zoomedTo, ZOOMS, type View } from "@/components/viewer/view";

export type ViewedImage = {
  /** Address of the image with all its pixels. */
  src: string;
  label: string;
};

/** CSS pixels that an arrow key moves by; with Shift, so many times as far. */
const STEP = 64;
const FAR = 5;
const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: STEP, y: 0 },
  ArrowRight: { x: -STEP, y: 0 },
  ArrowUp: { x: 0, y: STEP },
  ArrowDown: { x: 0, y: -STEP },
};

/**
 * A button that opens one image, or several side by side, over the page: whole, or one pixel to a pixel of the screen and closer.
 * All are moved and zoomed in step, by hand, by the arrow keys, and by + and -.
 */
export function ImageViewer({
  images,
  title,
  children,
}: {
  images: readonly ViewedImage[];
  /** What all of them show: the prompt. */
  title: string;
  /** What is pressed to open it. */
  children: ReactNode;
}) {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="block w-full cursor-zoom-in" aria-label={`Look closer: ${title}`}>
        <InsideButton>{children}</InsideButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="bg-page fixed inset-0 z-50 flex flex-col gap-3 p-3 outline-none sm:p-5"
        >
          <Panes images={images} title={title} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Panes({ images, title }: { images: readonly ViewedImage[]; title: string }) {
  const [view, setView] = useState<View>(WHOLE);
  const [shown, setShown] = useState({ width: 0, height: 0 });
  const onKey = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const next = viewAfter(event, view, shown);
    if (next === null) return;
    event.preventDefault();
    setView(next);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3" onKeyDown={onKey}>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Dialog.Title className="min-w-0 flex-1 basis-48 truncate font-serif text-lg" title={title}>
          {title}
        </Dialog.Title>
        <Zooms view={view} onView={setView} />
        <Dialog.Close className="button-quiet button-small" aria-label="Close">
          <X className="size-4" aria-hidden="true" />
        </Dialog.Close>
      </div>
      <div
        className={`grid min-h-0 flex-1 gap-3 max-sm:auto-rows-fr ${images.length > 1 ? "sm:auto-cols-fr sm:grid-flow-col" : ""}`}
      >
        {images.map((image, at) => (
          <Pane
            key={image.src}
            image={image}
            view={view}
            onView={setView}
            onShown={at === 0 ? setShown : undefined}
          />
        ))}
      </div>
      <p className="text-muted hidden text-xs [@media(hover:hover)]:block">
        Drag or use the arrow keys to move, + and − to zoom, 0 for the whole, 1 for one pixel to a pixel.
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
  const choices: [zoom: number | null, label: string][] = [
    [null, "Fit"],
    [1, "1:1"],
  ];
  const isCloser = view.zoom !== null && view.zoom > 1;
  return (
    <div role="group" aria-label="Zoom" className="flex items-center gap-2">
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
        aria-label="Farther"
        className="button-quiet button-small"
        disabled={view.zoom === null}
        onClick={() => onView(zoomedBy(view, -1))}
      >
        <Minus className="size-4" aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-label="Closer"
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
