"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

const EDGES = {
  top: "top-0 border-b",
  bottom: "bottom-0 max-h-[85dvh]! rounded-t-xl border-t",
} as const;

/** What a `Dialog.Root` opens over the page from one of its edges: a title, a button that closes it, and what is in it. */
export function Sheet({
  from,
  title,
  closeLabel,
  children,
}: {
  from: keyof typeof EDGES;
  title: string;
  closeLabel: string;
  children: ReactNode;
}) {
  return (
    <Dialog.Portal>
      <Dialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
      <Dialog.Content
        aria-describedby={undefined}
        className={`border-line bg-page fixed inset-x-0 z-50 max-h-dvh overflow-y-auto px-4 pb-6 shadow-xl ${EDGES[from]}`}
      >
        <div className="flex h-14 items-center justify-between">
          <Dialog.Title className="text-xl">{title}</Dialog.Title>
          <Dialog.Close
            aria-label={closeLabel}
            className="text-muted hover:text-ink -mr-2 grid size-11 place-items-center rounded-md"
          >
            <X className="size-5" aria-hidden="true" />
          </Dialog.Close>
        </div>
        {children}
      </Dialog.Content>
    </Dialog.Portal>
  );
}
