"use client";

import { useMemo } from "react";
import { ShownOnce } from "@/components/shown-once";

/** The link of an invitation that was just made. */
export function NewLink({ path }: { path: string }) {
  const url = useMemo(() => new URL(path, window.location.href).href, [path]);
  return <ShownOnce id="comparison-link" label="Send this link. It is shown this once." text={url} />;
}
