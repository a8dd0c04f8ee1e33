import { concatenate, decodeBatches } from "@/lib/encoders/extract-source";
import { manifestHash } from "@/lib/encoders/manifest";
import type { Encoder } from "@/lib/encoders/open-encoder";
import { gradeReading, type ToyboxGrader } from "@/lib/encoders/toybox-grader";
import type { ClipMeasures } from "@/lib/evaluations/measure-clips";
import type { MatchedImage } from "@/lib/evaluations/match-images";
import { FileError } from "@/lib/media/files/file-error";
import { showImage } from "@/lib/media/judge-image";
import type { SampleSource } from "@/lib/media/sample-source";
import { featureSet, type FeatureSet } from "@/lib/metrics/features";
import { examine, type Forensics, type ImageFacts } from "@/lib/metrics/forensics";
import { measureImageStyle, type ImageStyle } from "@/lib/metrics/image-style";
import type { Sees, Shown } from "@/lib/rubrics/rubric";
import type { CaptionTruth } from "@/lib/schemas/stack/scene";

/** An image with all that is measured of it alone. */
export interface MeasuredImage extends MatchedImage {
  sha256: string;
  style: ImageStyle;
  /** Whether all that its prompt claims is there; null without a truth. */
  correct: boolean | null;
  /** What else is measured of a clip; undefined of an image. */
  clip?: ClipMeasures;
}

/** Images in the order of their prompts, row i of the features being image i's. */
export interface MeasuredSet {
  path: string;
  images: MeasuredImage[];
  features: FeatureSet;
  /** Class logits, where the encoder is a classifier. */
  logits: FeatureSet | null;
  manifest: string;
  forensics: Forensics;
  unreadable: { file: string; reason: string }[];
  /** One of its files as an image: its bytes, or a still of a clip. */
  read(name: string): Promise<Uint8Array>;
  /** One of its files as a judge is shown it. */
  show(name: string, sees: Sees): Promise<Shown>;
}

export interface MeasureOptions {
  encoder: Encoder;
  /** Null where no prompt has a truth. */
  grader: ToyboxGrader | null;
  truthOf(key: string): CaptionTruth | null;
  maxPixels?: number;
  onProgress?: (done: number, total: number) => void;
}

/** The name by which images of two sets are matched. */
export const imageId = ({ key, index }: Pick<MatchedImage, "key" | "index">) => `${key}/${index}`;

/**
 * Decodes every matched image once and measures it. A file that cannot be read is listed and left out.
 * @throws FileError when none can be read
 */
export async function measureImages(
  source: SampleSource,
  matched: readonly MatchedImage[],
  { encoder, grader, truthOf, maxPixels, onProgress }: MeasureOptions,
): Promise<MeasuredSet> {
  const files = new Map(source.files.map((file) => [file.name, file]));
  const byName = new Map(matched.map((image) => [image.name, image]));
  const chosen = { ...source, files: matched.map(({ name }) => files.get(name)!) };
  const images: MeasuredImage[] = [];
  const facts: ImageFacts[] = [];
  const unreadable: MeasuredSet["unreadable"] = [];
  const [rows, scores]: [Float32Array[], Float32Array[]] = [[], []];
  const decoded = decodeBatches(chosen, {
    maxPixels,
    onUnreadable: (name, { message }) => {
      const file = `${source.path}/${name}`;
      unreadable.push({ file, reason: message.replace(`${file} `, "") });
    },
  });
  for await (const batch of decoded) {
    if (batch.images.length === 0) continue;
    const outputs = await encoder.extractOutputs(batch.images);
    rows.push(outputs.features);
    if (outputs.logits) scores.push(outputs.logits);
    const readings = grader === null ? [] : await grader.read(batch.images);
    for (const [i, image] of batch.images.entries()) {
      const { name, sha256 } = batch.facts[i];
      const match = byName.get(name)!;
      const truth = truthOf(match.key);
      const correct = grader === null || truth === null ? null : gradeReading(readings[i], truth).allCorrect;
      images.push({ ...match, sha256, style: measureImageStyle(image), correct });
    }
    facts.push(...batch.facts);
    onProgress?.(batch.end, matched.length);
  }
  if (images.length === 0) {
    throw new FileError(source.path, `has no image that can be read: ${unreadable[0].reason}`);
  }
  const logits = scores.length === 0 ? null : concatenate(scores);
  return {
    path: source.path,
    images,
    features: featureSet(concatenate(rows), encoder.dimension, `features of ${source.path}`),
    logits: logits && featureSet(logits, logits.length / images.length, `logits of ${source.path}`),
    manifest: manifestHash(images.map(({ sha256 }) => sha256)),
    forensics: examine(facts),
    unreadable,
    read: (name) => files.get(name)!.read(),
    show: async (name) => showImage(await files.get(name)!.read()),
  };
}
