"use client";

import { Brush } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { SampleImage } from "@/components/sample-image";
import { progressText, wordsText } from "@/components/demos/drawing-text";
import { useDrawing } from "@/components/demos/use-drawing";
import { drawingRequest, type DrawingResponse } from "@/lib/schemas/stack/drawings";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS, RELATIONS } from "@/lib/schemas/stack/scene";

const MAX_LENGTH = 1000;

/** A prompt of the visitor's own, drawn by every bundled model from one seed while they wait. */
export function OwnPrompt() {
  const [prompt, setPrompt] = useState("");
  const { drawing, error, busy, draw } = useDrawing();
  const wanted = drawingRequest.safeParse({ prompt });
  return (
    <div>
      <form
        className="max-w-xl"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.success && !busy) void draw(wanted.data.prompt);
        }}
      >
        <label htmlFor="stack-prompt" className="font-serif text-lg">
          Or a prompt of your own
        </label>
        <div className="mt-2 flex gap-2">
          <input
            id="stack-prompt"
            className="field min-h-11"
            value={prompt}
            maxLength={MAX_LENGTH}
            onChange={(event) => setPrompt(event.target.value)}
            placeholder="a pink fish above a blue boat"
            autoComplete="off"
            enterKeyHint="go"
            aria-describedby="stack-prompt-words"
          />
          <button type="submit" className="button-quiet" disabled={!wanted.success || busy}>
            <Brush className="size-4" aria-hidden="true" /> Draw
          </button>
        </div>
      </form>
      <KnownWords />
      <div role="status" className="mt-4 text-sm">
        {drawing && <p className="text-muted">{progressText(drawing)}</p>}
        {drawing && wordsText(drawing.images).map((text) => <p key={text}>{text}</p>)}
      </div>
      {error && (
        <p role="alert" className="text-alarm mt-2 text-sm">
          {error.message}
        </p>
      )}
      {drawing && <Drawn {...drawing} />}
    </div>
  );
}

function Drawn({ prompt, images }: DrawingResponse) {
  return (
    <ul
      aria-label={`“${prompt}” by every model`}
      className="mt-4 grid grid-cols-3 gap-x-3 gap-y-5 sm:grid-cols-4 lg:grid-cols-5"
    >
      {images.map(({ model, name, url, failure }) => (
        <li key={model}>
          {url ? (
            <div className="frame [--frame-padding:3px] sm:[--frame-padding:4px]">
              <SampleImage src={url} prompt={`${prompt}, by ${name}`} className="fade-in" />
            </div>
          ) : (
            <div className="border-line-strong/60 text-muted grid aspect-square place-items-center overflow-hidden border border-dashed p-2 text-center text-xs">
              {failure ?? "…"}
            </div>
          )}
          <Link
            href={`/models/${model}`}
            className="hover:text-accent mt-1.5 block text-xs leading-snug sm:text-sm"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** All that the models' world holds: other words say nothing to them. */
function KnownWords() {
  return (
    <details className="text-muted mt-2 max-w-[68ch] text-sm">
      <summary id="stack-prompt-words">Toybox is a small world: the words that the models know</summary>
      <p className="mt-2">
        One to three of {OBJECT_KINDS.join(", ")}; in {COLOURS.join(", ")}; {RELATIONS.join(", ")} or reading;
        on a {BACKGROUNDS.join(", ")} background.
      </p>
    </details>
  );
}
