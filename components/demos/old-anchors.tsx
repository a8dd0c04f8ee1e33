"use client";

import { useEffect } from "react";
import { chapterAddress, isChapter } from "@/components/demos/chapters";

/** Leads addresses of chapters from when all of them were on /stack itself to where they are now. */
export function OldAnchors() {
  useEffect(() => {
    const chapter = window.location.hash.slice(1);
    if (!isChapter(chapter)) return;
    const address = chapterAddress(chapter);
    if (!address.startsWith("/stack#")) window.location.replace(address);
  }, []);
  return null;
}
