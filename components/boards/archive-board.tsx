"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import type { BoardSettings } from "@/lib/schemas/boards";

/** Puts a board away, or brings it back. */
export function ArchiveBoard({
  settings,
  onSaved,
}: {
  settings: BoardSettings;
  onSaved: (settings: BoardSettings) => void;
}) {
  const { slug, version, archived } = settings;
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = async (archived: boolean) => {
    setProblem(null);
    setIsBusy(true);
    try {
      onSaved(await callApi<BoardSettings>(`/api/v1/boards/${slug}`, { body: { version, archived } }));
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <section className="border-line mt-16 max-w-3xl border-t pt-8" aria-labelledby="archive">
      <h2 id="archive" className="text-2xl">
        {archived ? "Bring it back" : "Archive"}
      </h2>
      <p className="text-muted mt-1 mb-4 text-sm">
        {archived
          ? "The board is archived: its pages stay, but it takes no votes and no models, and stands in no list."
          : "An archived board takes no votes and no models any more and leaves all lists. Its pages and its votes stay, and you can bring it back."}
      </p>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mb-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {archived ? (
        <button type="button" className="button-quiet" disabled={isBusy} onClick={() => void set(false)}>
          <ArchiveRestore className="size-4" aria-hidden="true" /> Bring it back
        </button>
      ) : (
        <Confirm
          label={
            <>
              <Archive className="size-4" aria-hidden="true" /> Archive the board
            </>
          }
          ask="Nobody can vote on it or submit to it until you bring it back."
          go="Archive it"
          onGo={() => set(true)}
        />
      )}
    </section>
  );
}
