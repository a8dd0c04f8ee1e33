import type { Evaluation } from "@/lib/evaluations/evaluate-images";
import { imageId } from "@/lib/evaluations/measure-images";
import { chosenSamples } from "@/lib/evaluations/page/chosen-samples";
import { thumbnailKey, type Thumbnails } from "@/lib/evaluations/page/evaluation-page";
import type { SampleSource } from "@/lib/media/sample-source";
import { encodeThumbnail } from "@/lib/media/thumbnail";

/** Of one thumbnail; there are 60 at most, so that the page stays below a megabyte. */
const LIMITS = { side: 160, maxBytes: 12_000 };

/** Thumbnails of the samples that the page shows, as data URIs. One that cannot be made is left out. */
export async function makeThumbnails(
  { report, images, baseline }: Evaluation,
  reference: SampleSource | null,
): Promise<Thumbnails> {
  const thumbnails = new Map<string, string>();
  const add = async (key: string, read: (() => Promise<Uint8Array>) | undefined) => {
    if (read === undefined || thumbnails.has(key)) return;
    const thumbnail = await encodeThumbnail(await read(), LIMITS);
    if (thumbnail !== null) thumbnails.set(key, `data:image/webp;base64,${thumbnail.toString("base64")}`);
  };
  const theirs = new Map(baseline?.images.map((image) => [imageId(image), image.name]));
  const real = new Map(reference?.files.map((file) => [file.name, file]));
  for (const { samples, beside } of chosenSamples(report)) {
    for (const sample of samples) {
      await add(thumbnailKey("images", sample.file), () => images.read(sample.file));
      const other = theirs.get(imageId(sample));
      if (beside === "baseline" && baseline !== null && other !== undefined)
        await add(thumbnailKey("baseline", sample.file), () => baseline.read(other));
      const file = sample.nearest?.file ?? null;
      if (beside === "reference" && file !== null)
        await add(thumbnailKey("reference", file), real.get(file)?.read);
    }
  }
  return thumbnails;
}
