"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { CopyField } from "@/components/copy-field";

/** The line that shows a board in a frame of another page. Offered where the operator lets some site do so. */
export function BoardEmbed({ board, name }: { board: string; name: string }) {
  const t = useTranslations("share.embed");
  // The address that the reader came by is what others reach the site by; the server may know it by another.
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
  const title = name.replace(/[<>"&]/g, "");
  return (
    <details className="mt-3 max-w-xl text-sm">
      <summary className="text-muted cursor-pointer">{t("title")}</summary>
      <div className="mt-3 grid gap-2">
        <p className="text-muted">{t("about")}</p>
        <CopyField
          id="embed"
          label={t("label")}
          text={`<iframe src="${origin}/embed/${board}" title="${title}" width="100%" height="480" style="border:0"></iframe>`}
        />
      </div>
    </details>
  );
}
