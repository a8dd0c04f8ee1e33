"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { ClipControls } from "@/components/clips/clip-controls";
import { ClipFrame } from "@/components/clips/clip-frame";
import { useClipClock } from "@/components/clips/use-clip-clock";
import type { TimeView } from "@/lib/schemas/stack/stack-page";

/**
 * What every model of clips made of one prompt from one seed, by one clock. Nothing moves until it is played or another prompt is chosen; only
 * the chosen prompt's clips are loaded. Keys move them while the focus is in here.
 */
export function DemoClips({ prompts, clip }: Pick<TimeView, "prompts" | "clip">) {
  const t = useTranslations("demos");
  const [chosen, setChosen] = useState(0);
  const [asked, setAsked] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const { prompt, clips } = prompts[chosen];
  const isDrawn = clips.some(({ url }) => url !== null);
  const clock = useClipClock(prompt, isDrawn ? clip : null, { waits: !asked });
  return (
    <figure
      onFocus={() => setHasFocus(true)}
      onBlur={({ currentTarget, relatedTarget }) => setHasFocus(currentTarget.contains(relatedTarget))}
    >
      <label className="block max-w-xs text-sm">
        <span className="text-muted mb-1 block">{t("clips.what")}</span>
        <select
          className="field min-h-11"
          translate="no"
          value={chosen}
          onChange={(event) => {
            setChosen(Number(event.target.value));
            setAsked(true);
          }}
        >
          {prompts.map(({ verb }, at) => (
            <option key={verb} value={at}>
              {verb}
            </option>
          ))}
        </select>
      </label>
      <p className="mt-4 font-serif text-lg italic" translate="no">
        {t("quoted", { text: prompt })}
      </p>
      <ul className="mt-3 grid max-w-3xl grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3">
        {clips.map(({ slug, name, url }) => (
          <li key={slug}>
            {url ? (
              <div className="frame [--frame-padding:3px] sm:[--frame-padding:4px]">
                <ClipFrame
                  key={url}
                  src={url}
                  prompt={t("by", { prompt, name })}
                  clip={clip}
                  frame={clock.frame}
                  aspect={1}
                />
              </div>
            ) : (
              <div
                className="border-line-strong/60 aspect-square border border-dashed"
                role="img"
                aria-label={t("notYet", { prompt: t("by", { prompt, name }) })}
              />
            )}
            <Link
              href={`/models/${slug}`}
              className="hover:text-accent mt-1.5 inline-block py-1 text-xs leading-snug sm:text-sm"
              translate="no"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <ClipControls clock={clock} takesKeys={hasFocus} label={t("clips.all")} />
      <figcaption className="text-muted mt-3 max-w-[68ch] text-sm">
        {t("clips.about", { frames: clip.frames, rate: clip.rate })}
      </figcaption>
    </figure>
  );
}
