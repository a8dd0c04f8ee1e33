"use client";

import { SlidersHorizontal, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { counted } from "@/components/format";

/** On a phone: the filters in a sheet from below, behind a button that says how many are set. */
export function FilterSheet({
  active,
  shown,
  children,
}: {
  active: number;
  /** How many models the filters let through. */
  shown: number;
  children: ReactNode;
}) {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button-quiet min-h-11 w-full md:hidden">
        <SlidersHorizontal className="size-4" aria-hidden="true" />
        Filters{active > 0 && ` (${active})`}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="border-line bg-page fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] overflow-y-auto rounded-t-xl border-t px-4 pb-6 shadow-xl"
        >
          <div className="flex h-14 items-center justify-between">
            <Dialog.Title className="text-xl">Filters</Dialog.Title>
            <Dialog.Close
              aria-label="Close the filters"
              className="text-muted hover:text-ink -mr-2 grid size-11 place-items-center rounded-md"
            >
              <X className="size-5" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <div className="grid gap-3">{children}</div>
          <Dialog.Close className="button-primary mt-5 w-full">Show {counted(shown, "model")}</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
