"use client";

import { Brush } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { SampleImage } from "@/components/sample-image";
import { progressText, wordsText } from "@/components/demos/drawing-text";
import { useDrawing } from "@/components/demos/use-drawing";
import { drawingRequest, type DrawingResponse } from "@/lib/schemas/stack/drawings";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS, RELATIONS } from "@/lib/schemas/stack/scene";

const MAX_LENGTH = 1000;

/** In the words that the models know, which are English. */
const EXAMPLE = "a pink fish above a blue boat";

/** A prompt of the visitor's own, drawn by every bundled model from one seed while they wait. */
export function OwnPrompt() {
  const t = useTranslations("demos");
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
          {t("drawing.label")}
        </label>
        <div className="mt-2 flex gap-2">
          <input
            id="stack-prompt"
            className="field min-h-11"
            value={prompt}
            maxLength={MAX_LENGTH}
            onChange={(event) => setPrompt(event.target.value)}
            placeholder={EXAMPLE}
            translate="no"
            autoComplete="off"
            enterKeyHint="go"
            aria-describedby="stack-prompt-words"
          />
          <button type="submit" className="button-quiet" disabled={!wanted.success || busy}>
            <Brush className="size-4" aria-hidden="true" /> {t("drawing.draw")}
          </button>
        </div>
      </form>
      <KnownWords />
      <div role="status" className="mt-4 text-sm">
        {drawing && <p className="text-muted">{progressText(t, drawing)}</p>}
        {drawing && wordsText(t, drawing.images).map((text) => <p key={text}>{text}</p>)}
      </div>
      {error && (
        <p role="alert" className="text-alarm mt-2 text-sm" lang="en" translate="no">
          {error.message}
        </p>
      )}
      {drawing && <Drawn {...drawing} />}
    </div>
  );
}

function Drawn({ prompt, images }: DrawingResponse) {
  const t = useTranslations("demos");
  return (
    <ul
      aria-label={t("drawing.byEvery", { prompt })}
      className="mt-4 grid grid-cols-3 gap-x-3 gap-y-5 sm:grid-cols-4 lg:grid-cols-5"
    >
      {images.map(({ model, name, url, failure }) => (
        <li key={model}>
          {url ? (
            <div className="frame [--frame-padding:3px] sm:[--frame-padding:4px]">
              <SampleImage src={url} prompt={t("by", { prompt, name })} className="fade-in" />
            </div>
          ) : (
            <div
              className="border-line-strong/60 text-muted grid aspect-square place-items-center overflow-hidden border border-dashed p-2 text-center text-xs"
              lang="en"
              translate="no"
            >
              {failure ?? "…"}
            </div>
          )}
          <Link
            href={`/models/${model}`}
            className="hover:text-accent mt-1.5 block text-xs leading-snug sm:text-sm"
            translate="no"
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
  const t = useTranslations("demos.drawing");
  return (
    <details className="text-muted mt-2 max-w-[68ch] text-sm">
      <summary id="stack-prompt-words">{t("words")}</summary>
      <p className="mt-2">
        {t("wordList", {
          kinds: OBJECT_KINDS.join(", "),
          colours: COLOURS.join(", "),
          relations: RELATIONS.join(", "),
          backgrounds: BACKGROUNDS.join(", "),
        })}
      </p>
    </details>
  );
}
