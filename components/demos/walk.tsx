"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { SampleImage } from "@/components/sample-image";
import type { StackModel } from "@/lib/schemas/stack/stack-page";

type Walked = Pick<StackModel, "slug" | "name"> & { walk: NonNullable<StackModel["walk"]> };

/** Milliseconds a step when it plays. */
const PACE_MS = 260;

/**
 * The way from noise to image under a slider: where the sampler stands, and what the network takes the image for. One filmstrip
 * a model holds all of it, so moving the slider loads nothing.
 */
export function Walk({ models }: { models: Walked[] }) {
  const t = useTranslations("demos.walk");
  const [slug, setSlug] = useState(models.find((model) => model.slug === "flow-dit-latent")?.slug ?? models[0].slug); // prettier-ignore
  const { walk, name } = models.find((model) => model.slug === slug) ?? models[0];
  const [share, setShare] = useState(0.35);
  const [playing, setPlaying] = useState(false);
  const at = Math.round(share * walk.frames);
  const step = at === walk.frames ? walk.steps : Math.round((at * walk.steps) / walk.frames);
  const label = at === walk.frames ? t("finished") : t("at", { step, steps: walk.steps });
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at >= walk.frames) setPlaying(false);
      else setShare((at + 1) / walk.frames);
    }, PACE_MS);
    return () => clearTimeout(timer);
  }, [playing, at, walk.frames]);
  const play = () => {
    if (!playing && at >= walk.frames) setShare(0);
    setPlaying(!playing);
  };
  return (
    <div>
      <div className="mx-auto grid max-w-3xl grid-cols-2 gap-3 sm:gap-8">
        <Pane strip={walk.filmstrip} frames={walk.frames} at={at} row={0} title={t("stands")} />
        <Pane strip={walk.filmstrip} frames={walk.frames} at={at} row={1} title={t("taken")} />
      </div>
      <div className="mx-auto mt-5 flex max-w-3xl items-center gap-4">
        <button
          type="button"
          onClick={play}
          className="button-quiet button-small motion-reduce:hidden"
          aria-label={playing ? t("pause") : t("play")}
        >
          {playing ? <Pause className="size-4" /> : <Play className="size-4" />}
        </button>
        <input
          type="range"
          min={0}
          max={walk.frames}
          value={at}
          onChange={(event) => {
            setPlaying(false);
            setShare(Number(event.target.value) / walk.frames);
          }}
          aria-label={t("step")}
          aria-valuetext={label}
          className="h-11 min-w-0 flex-1 accent-[var(--accent)]"
        />
        {/* Not an <output>: that would be read out four times a second while it plays. The slider's value says the same. */}
        <span className="text-muted w-24 text-right text-sm tabular-nums" data-step>
          {label}
        </span>
      </div>
      <p className="text-muted mt-1 text-center font-serif italic" translate="no">
        {t("of", { prompt: walk.prompt, model: name })}
      </p>
      <ul className="mt-5 flex flex-wrap justify-center gap-2" aria-label={t("whose")}>
        {models.map((model) => (
          <li key={model.slug}>
            <button
              type="button"
              aria-pressed={model.slug === slug}
              onClick={() => setSlug(model.slug)}
              className="border-line aria-pressed:border-accent aria-pressed:bg-accent-soft hover:border-line-strong flex items-center gap-2 rounded-md border py-1 pr-3 pl-1 text-sm"
            >
              <SampleImage src={model.walk.image} prompt="" className="w-9! rounded-sm" />
              <span translate="no">{model.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Pane({
  strip,
  frames,
  at,
  row,
  title,
}: {
  strip: string;
  frames: number;
  at: number;
  row: 0 | 1;
  title: string;
}) {
  return (
    <figure>
      <div className="frame [--frame-padding:8px]">
        <div
          role="img"
          aria-label={title}
          className="bg-sunk aspect-square w-full"
          style={{
            backgroundImage: `url(${strip})`,
            backgroundSize: `${(frames + 1) * 100}% 200%`,
            backgroundPosition: `${(at / frames) * 100}% ${row * 100}%`,
            imageRendering: "pixelated",
          }}
        />
      </div>
      <figcaption className="text-muted mt-2 text-center text-sm">{title}</figcaption>
    </figure>
  );
}
