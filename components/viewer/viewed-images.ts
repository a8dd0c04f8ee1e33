import type { ViewedImage } from "@/components/viewer/image-viewer";
import { withQuery } from "@/lib/schemas/sample-address";

const whole = (url: string) => withQuery(url, "size=whole");

/** Samples for the viewer, with all their pixels, beside the images that their prompt edits. */
export function viewedImages(
  sources: readonly string[],
  samples: readonly { url: string; label: string }[],
): ViewedImage[] {
  return [...sources.map((url) => ({ url, label: null })), ...samples].map(({ url, label }) => ({
    src: whole(url),
    label,
  }));
}
