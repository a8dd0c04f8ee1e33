import { useTranslations } from "next-intl";
import { ClipViewer } from "@/components/clips/clip-viewer";
import { SampleImage } from "@/components/sample-image";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { viewedImages } from "@/components/viewer/viewed-images";
import type { ClipPair } from "@/lib/schemas/battles";
import { withQuery } from "@/lib/schemas/sample-address";

/** Two runs' samples of one prompt. */
export interface PairedRow {
  text: string;
  sources: string[];
  first: readonly { url: string }[];
  second: readonly { url: string }[];
  /** By place; null: not two videos. */
  clips: readonly (ClipPair | null)[];
}

/**
 * One of them, small; pressed, it opens beside the other run's at the same place: images to look at closely, videos to play in step. Until
 * then a video shows its first frame alone.
 */
export function PairedSample({
  row,
  side,
  at,
  names,
}: {
  row: PairedRow;
  side: 0 | 1;
  at: number;
  names: readonly [string, string];
}) {
  const t = useTranslations("viewer");
  const pair = [row.first[at], row.second[at]];
  const { url } = pair[side];
  const clips = row.clips[at] ?? null;
  const prompt = t("by", { prompt: row.text, model: names[side] });
  if (clips !== null)
    return (
      <ClipViewer title={row.text} sources={row.sources} clips={clips} labels={names}>
        <SampleImage src={withQuery(url, "size=still")} prompt={prompt} />
      </ClipViewer>
    );
  const shown = pair.flatMap((each, which) => (each ? [{ url: each.url, label: names[which] }] : []));
  return (
    <ImageViewer title={row.text} images={viewedImages(row.sources, shown)}>
      <SampleImage src={url} prompt={prompt} />
    </ImageViewer>
  );
}
