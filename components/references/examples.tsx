"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { Picture } from "@/components/picture";
import type { ReferenceSetView } from "@/lib/schemas/examination";

/** A few of a set's pictures; of clips their first frames, which move when they are asked to: nothing moves by itself. */
export function Examples({
  reference: { name, samples, examples },
}: {
  reference: Pick<ReferenceSetView, "name" | "samples" | "examples">;
}) {
  const [plays, setPlays] = useState(false);
  const areClips = samples === "clips";
  return (
    <>
      <ul className="mt-5 grid max-w-xl grid-cols-6 gap-2">
        {examples.map((url, at) => (
          <li key={url} className="frame [--mat:3px]">
            <Picture
              src={areClips && !plays ? `${url}?still` : url}
              prompt={`${areClips ? "clip" : "picture"} ${at + 1} of ${name}`}
            />
          </li>
        ))}
      </ul>
      {areClips && (
        <button
          type="button"
          className="button-quiet button-small mt-3"
          onClick={() => setPlays((before) => !before)}
        >
          {plays ? (
            <Pause className="size-4" aria-hidden="true" />
          ) : (
            <Play className="size-4" aria-hidden="true" />
          )}
          {plays ? "Stop the clips" : "Play the clips"}
        </button>
      )}
    </>
  );
}
