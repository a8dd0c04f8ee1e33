"use client";

import { SlidersHorizontal } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { counted } from "@/components/format";
import { Sheet } from "@/components/sheet";

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
      <Sheet from="bottom" title="Filters" closeLabel="Close the filters">
        <div className="grid gap-3">{children}</div>
        <Dialog.Close className="button-primary mt-5 w-full">Show {counted(shown, "model")}</Dialog.Close>
      </Sheet>
    </Dialog.Root>
  );
}
