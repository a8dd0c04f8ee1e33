"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { InsideButton } from "@/components/covered";
import { ViewerPanes } from "@/components/viewer/viewer-panes";

export type ViewedImage = {
  /** Address of the image with all its pixels. */
  src: string;
  /** null: it is the image that the prompt edits. */
  label: string | null;
};

type Viewed = {
  images: readonly ViewedImage[];
  /** What all of them show: the prompt. */
  title: string;
  /** What is said of the images besides. */
  note?: string;
};

/**
 * A button that opens one image, or several side by side, over the page: whole, or one pixel to a pixel of the screen and closer.
 * All are moved and zoomed in step, by hand, by the arrow keys, and by + and -; of two, either may be seen in the other's place.
 */
export function ImageViewer({
  images,
  title,
  note,
  children,
}: Viewed & {
  /** What is pressed to open it. */
  children: ReactNode;
}) {
  const t = useTranslations("viewer");
  return (
    <Dialog.Root>
      <Dialog.Trigger className="block w-full cursor-zoom-in" aria-label={t("lookCloser", { prompt: title })}>
        <InsideButton>{children}</InsideButton>
      </Dialog.Trigger>
      <Opened images={images} title={title} note={note} />
    </Dialog.Root>
  );
}

/** The same, opened by something else. The focus goes back to where it was. */
export function ImageViewerDialog({
  open,
  onOpenChange,
  ...viewed
}: Viewed & { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Opened {...viewed} />
    </Dialog.Root>
  );
}

function Opened(viewed: Viewed) {
  return (
    <Dialog.Portal>
      <Dialog.Content
        aria-describedby={undefined}
        className="bg-page fixed inset-0 z-50 flex flex-col gap-3 p-3 outline-none sm:p-5"
      >
        <ViewerPanes {...viewed} />
      </Dialog.Content>
    </Dialog.Portal>
  );
}
