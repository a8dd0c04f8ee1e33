"use client";

import { useCallback, useState } from "react";
import { battleOn, type Stage } from "@/components/arena/battle-state";
import type { LoadedBattle } from "@/components/arena/load-battle";
import { ImageViewerDialog } from "@/components/viewer/image-viewer";

/** Whether the pair on the stage is looked at closely; a new pair never is. */
export function useCloseLook(stage: Stage<unknown>) {
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const battle = battleOn(stage);
  // Videos are played on the stage, frame by frame.
  const id = battle === null || battle.clip !== null ? null : battle.battleId;
  const open = useCallback(() => setLookedAt(id), [id]);
  const close = useCallback(() => setLookedAt(null), []);
  return {
    /** The pair that is looked at closely; null: none. */
    battle: id !== null && lookedAt === id ? battle : null,
    /** Absent where there are no images. */
    open: id === null ? undefined : open,
    close,
  };
}

/** Both images of the pair over the page, by the very addresses at which the stage shows them. */
export function CloseLook({
  look: { battle, close },
}: {
  look: { battle: LoadedBattle | null; close: () => void };
}) {
  if (battle === null) return null;
  const images = [
    { src: battle.left.url, label: "Image A" },
    { src: battle.right.url, label: "Image B" },
  ];
  return (
    <ImageViewerDialog open images={images} title={battle.prompt} onOpenChange={(open) => !open && close()} />
  );
}
