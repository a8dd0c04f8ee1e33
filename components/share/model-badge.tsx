"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { CopyField } from "@/components/copy-field";

/** A model's badge as it looks, and the line that puts it into a README. */
export function ModelBadge({ slug, name }: { slug: string; name: string }) {
  const t = useTranslations("share.badge");
  // The address that the reader came by is what others reach the site by; the server may know it by another.
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
  const badge = `/media/models/${slug}/badge.svg`;
  const alt = t("alt", { name: name.replace(/[[\]]/g, "") });
  return (
    <div className="grid max-w-xl gap-4">
      <p className="text-muted text-sm">{t("about")}</p>
      <img src={badge} alt={alt} height={20} className="h-5 justify-self-start" />
      <CopyField
        id="badge"
        label={t("label")}
        text={`[![${alt}](${origin}${badge})](${origin}/models/${slug})`}
      />
    </div>
  );
}
