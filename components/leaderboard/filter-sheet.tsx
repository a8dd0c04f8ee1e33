"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
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
  const t = useTranslations("leaderboard");
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button-quiet min-h-11 w-full md:hidden">
        <SlidersHorizontal className="size-4" aria-hidden="true" />
        {t("filters.button", { n: active })}
      </Dialog.Trigger>
      <Sheet from="bottom" title={t("filters.title")} closeLabel={t("filters.close")}>
        <div className="grid gap-3">{children}</div>
        <Dialog.Close className="button-primary mt-5 w-full">{t("filters.show", { n: shown })}</Dialog.Close>
      </Sheet>
    </Dialog.Root>
  );
}
