"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { battleOn, type Stage } from "@/components/arena/battle-state";
import type { LoadedBattle } from "@/components/arena/load-battle";
import { withQuery } from "@/lib/schemas/sample-address";
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
    /** Whether the vote is in, and with it the names: then sizes tell nothing that is not known. */
    isVoted: stage.name === "revealed",
    /** Absent where there are no images. */
    open: id === null ? undefined : open,
    close,
  };
}

/**
 * Both images of the pair over the page: before the vote by the very addresses at which the stage shows them, in the board's size,
 * since their own could say whose they are; after it as their models made them.
 */
export function CloseLook({
  look: { battle, isVoted, close },
}: {
  look: { battle: LoadedBattle | null; isVoted: boolean; close: () => void };
}) {
  const t = useTranslations("arena");
  if (battle === null) return null;
  const address = ({ url }: { url: string }) => (isVoted ? withQuery(url, "size=original") : url);
  const images = [
    { src: address(battle.left), label: t("image", { letter: "A" }) },
    { src: address(battle.right), label: t("image", { letter: "B" }) },
  ];
  return (
    <ImageViewerDialog
      open
      images={images}
      title={battle.prompt}
      note={isVoted ? t("ownSizes") : t("boardSize")}
      onOpenChange={(open) => !open && close()}
    />
  );
}
