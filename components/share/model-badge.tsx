"use client";

import { useSyncExternalStore } from "react";
import { CopyField } from "@/components/copy-field";

/** A model's badge as it looks, and the line that puts it into a README. */
export function ModelBadge({ slug, name }: { slug: string; name: string }) {
  // The address that the reader came by is what others reach the site by; the server may know it by another.
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
  const badge = `/media/models/${slug}/badge.svg`;
  const alt = `Rank of ${name.replace(/[[\]]/g, "")}`;
  return (
    <div className="grid max-w-xl gap-4">
      <p className="text-muted text-sm">
        It shows the rank as the votes leave it open, and follows them. Link previews of this page show the
        same.
      </p>
      <img src={badge} alt={alt} height={20} className="h-5 justify-self-start" />
      <CopyField
        id="badge"
        label="Markdown"
        text={`[![${alt}](${origin}${badge})](${origin}/models/${slug})`}
      />
    </div>
  );
}
