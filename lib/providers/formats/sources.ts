import { FORMATS } from "@/lib/schemas/formats/formats";
import type { FormatCall } from "@/lib/providers/formats/format";
import type { SourceImage } from "@/lib/providers/outcome";

/** Images that an order begins with, as requests carry them. */

export const base64Of = ({ bytes }: SourceImage): string => bytes.toString("base64");
export const dataUrlOf = (source: SourceImage): string =>
  `data:${source.mediaType};base64,${base64Of(source)}`;

/** The image that a video begins with, or an edit of one image is made from; null: there is none. */
export const firstSource = ({ order }: FormatCall): SourceImage | null => order.sources?.[0] ?? null;

/** How many seconds of video are asked for; null: as many as the vendor likes. */
export const secondsOf = ({ order, endpoint }: FormatCall): number | null =>
  order.seconds ?? FORMATS[endpoint.format].video?.seconds ?? null;
