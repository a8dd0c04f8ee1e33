"use client";

import { useSyncExternalStore } from "react";
import { CopyField } from "@/components/copy-field";

/** The line that shows a board in a frame of another page. Offered where the operator lets some site do so. */
export function BoardEmbed({ board, name }: { board: string; name: string }) {
  // The address that the reader came by is what others reach the site by; the server may know it by another.
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
  const title = name.replace(/[<>"&]/g, "");
  return (
    <details className="mt-3 max-w-xl text-sm">
      <summary className="text-muted cursor-pointer">Show this board on another page</summary>
      <div className="mt-3 grid gap-2">
        <p className="text-muted">Only sites that the operator allows may show it.</p>
        <CopyField
          id="embed"
          label="HTML"
          text={`<iframe src="${origin}/embed/${board}" title="${title}" width="100%" height="480" style="border:0"></iframe>`}
        />
      </div>
    </details>
  );
}
