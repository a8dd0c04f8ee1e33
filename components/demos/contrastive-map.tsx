"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { seriesColour } from "@/components/plots/series-colours";
import { Segmented } from "@/components/segmented";
import { useFormat } from "@/components/use-format";
import { HardNegativeTable } from "@/components/demos/hard-negative-table";
import { framePoints } from "@/components/demos/map-frame";
import { mapOf, type MapRows } from "@/components/demos/map-rows";
import { planeText } from "@/components/demos/map-text";
import type { ContrastiveMap as MapData } from "@/lib/schemas/stack/contrastive-map";

/** What the colours may tell. */
type Facet = "things" | "colour" | "background";

/** A pointer nearer than this share of the map's width means the mark. */
const REACH = 0.06;

/** Images and captions where the encoder puts them, each image tied to its own caption; one pair is looked at closely. */
export function ContrastiveMap({ rows }: { rows: MapRows }) {
  const map = useMemo(() => mapOf(rows), [rows]);
  const [t, format] = [useTranslations("demos"), useFormat()];
  const [facet, setFacet] = useState<Facet>("things");
  const [chosen, setChosen] = useState(3);
  const inks = inksOf(map, facet);
  const options = {
    things: t("map.things"),
    colour: t("map.colour"),
    background: t("map.background"),
  } satisfies Record<Facet, string>;
  return (
    <figure className="my-6">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-xs">
        <Segmented value={facet} onChange={setFacet} options={options} label={t("map.colours")} />
        <ul className="flex flex-wrap gap-x-3 gap-y-1" translate="no">
          {Object.entries(inks).map(([name, ink]) => (
            <li key={name} className="flex items-center gap-1.5">
              <span className="border-ink/40 size-2.5 rounded-full border" style={{ background: ink }} />
              {name}
            </li>
          ))}
        </ul>
      </div>
      <div className="card overflow-hidden p-3 sm:p-4">
        <Plane map={map} inks={inks} facet={facet} chosen={chosen} onChoose={setChosen} />
      </div>
      <Pair map={map} chosen={chosen} onChoose={setChosen} />
      <figcaption className="text-muted mt-4 max-w-[68ch] text-sm">
        {t("map.caption", {
          plane: planeText(t, format, map),
          own: map.ownIsNearest,
          n: map.points.length,
          share: format.percent(map.figures.captionAmong100, 1),
        })}
      </figcaption>
      <HardNegativeTable map={map} />
    </figure>
  );
}

type Looked = { map: MapData; chosen: number; onChoose: (index: number) => void };

/** The map itself: a pointer looks at the pair that is nearest to it. */
function Plane({
  map,
  inks,
  facet,
  chosen,
  onChoose,
}: Looked & { inks: Record<string, string>; facet: Facet }) {
  const [t, format] = [useTranslations("demos"), useFormat()];
  const { points, height } = framePoints(map.points);
  const choose = (event: React.PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.width];
    const far = points.map(({ image, words }) =>
      Math.min(Math.hypot(image[0] - x, image[1] - y), Math.hypot(words[0] - x, words[1] - y)),
    );
    const nearest = far.indexOf(Math.min(...far));
    if (far[nearest] < REACH) onChoose(nearest);
  };

  return (
    <div
      className="relative w-full cursor-crosshair touch-pan-y"
      style={{ aspectRatio: `1 / ${height}` }}
      role="img"
      aria-label={t("map.label", { n: points.length, plane: planeText(t, format, map) })}
      onPointerMove={(event) => event.pointerType === "mouse" && choose(event)}
      onPointerDown={choose}
    >
      <svg
        viewBox={`0 0 1 ${height}`}
        className="absolute inset-0 size-full stroke-(--line-strong)"
        strokeWidth={1}
        aria-hidden="true"
      >
        {points.map(({ image, words }, index) => (
          <line
            key={index}
            x1={image[0]}
            y1={image[1]}
            x2={words[0]}
            y2={words[1]}
            stroke={index === chosen ? "var(--ink)" : undefined}
            strokeWidth={index === chosen ? 2.5 : undefined}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      {points.map(({ words }, index) => (
        <Mark key={index} at={words} height={height} raised={index === chosen}>
          <span
            className={`border-ink/50 block rounded-full border ${index === chosen ? "size-4" : "size-2 sm:size-2.5"}`}
            style={{ background: inks[map.points[index][facet]] }}
          />
        </Mark>
      ))}
      {points.map(({ image }, index) => (
        <Mark key={index} at={image} height={height} raised={index === chosen}>
          <span
            className={`block border-2 ${index === chosen ? "size-10 sm:size-12" : "size-3.5 sm:size-5"}`}
            style={{ ...thumbnail(map, index), borderColor: inks[map.points[index][facet]] }}
          />
        </Mark>
      ))}
    </div>
  );
}

/** The pair that is looked at closely. */
function Pair({ map, chosen, onChoose }: Looked) {
  const [t, format] = [useTranslations("demos"), useFormat()];
  const point = map.points[chosen];
  const nearest = map.points[point.nearest].caption;
  return (
    <div className="mt-4 grid grid-cols-[5rem_minmax(0,1fr)] gap-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <div className="frame self-start [--frame-padding:4px]">
        <div
          className="aspect-square w-full"
          style={thumbnail(map, chosen)}
          role="img"
          translate="no"
          aria-label={point.caption}
        />
      </div>
      <div>
        <label className="block text-sm">
          <span className="text-muted mb-1.5 block">{t("map.choose")}</span>
          <select
            className="field min-h-11"
            translate="no"
            value={chosen}
            onChange={(event) => onChoose(Number(event.target.value))}
          >
            {map.points.map(({ caption }, index) => (
              <option key={index} value={index}>
                {caption}
              </option>
            ))}
          </select>
        </label>
        <p className="text-muted mt-2 text-sm" aria-live="polite">
          {t("map.cosine", {
            cosine: format.fixed(point.cosine, 2),
            dimension: map.dimension,
            n: map.points.length,
            isNearest: nearest === point.caption ? "yes" : "no",
            nearest,
          })}
        </p>
      </div>
    </div>
  );
}

function Mark({
  at,
  height,
  raised,
  children,
}: {
  at: readonly [number, number];
  height: number;
  raised: boolean;
  children: React.ReactNode;
}) {
  return (
    <span
      className={`pointer-events-none absolute -translate-x-1/2 -translate-y-1/2 ${raised ? "z-10" : ""}`}
      style={{ left: percentOf(at[0]), top: percentOf(at[1] / height) }}
      aria-hidden="true"
    >
      {children}
    </span>
  );
}

const percentOf = (share: number) => `${(share * 100).toFixed(2)}%`;

/** The colour of each group of a facet. */
function inksOf(map: MapData, facet: Facet): Record<string, string> {
  if (facet !== "things") return map.inks[facet];
  const counts = [...new Set(map.points.map(({ things }) => things))].sort();
  return Object.fromEntries(counts.map((things, index) => [things, seriesColour(index)]));
}

/** One cell of the sheet of thumbnails as a background. */
function thumbnail({ sheet }: MapData, index: number): React.CSSProperties {
  const [column, row] = [index % sheet.columns, Math.floor(index / sheet.columns)];
  return {
    backgroundImage: `url(${sheet.url})`,
    backgroundSize: `${sheet.columns * 100}% ${sheet.rows * 100}%`,
    backgroundPosition: `${percentOf(column / (sheet.columns - 1))} ${percentOf(row / (sheet.rows - 1))}`,
  };
}
