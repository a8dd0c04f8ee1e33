import type { Tx } from "@/lib/db/client";
import {
  BUNDLED_ENCODER,
  encodersDir,
  encodersInUse,
  type EncoderInUse,
} from "@/lib/evaluation/encoders-in-use";
import { ExtractorError } from "@/lib/feature-extractors/extractor-error";
import { featuresId } from "@/lib/feature-extractors/features-id";
import { openFeatureExtractor, type FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { openTextEncoder, type TextEncoder } from "@/lib/feature-extractors/text-encoder";
import { openToyboxGrader, type ToyboxGrader } from "@/lib/feature-extractors/toybox-grader";

/** The encoder whose pictures and captions share a space: alignment without knowing the truth. */
const CONTRASTIVE_ENCODER = "toybox-contrastive";

export interface ContrastiveEncoder {
  image: FeatureExtractor;
  text: TextEncoder;
}

export interface ScoringTools {
  /** The bundled encoder. */
  extractor: FeatureExtractor;
  grader: ToyboxGrader;
  contrastive: ContrastiveEncoder;
}

let opened: Promise<ScoringTools> | undefined;
/** Installed encoders by what their features are cached under. */
const installed = new Map<string, Promise<FeatureExtractor>>();

/** The process's bundled encoders and grader, opened on first use and shared by all jobs; a failed opening is tried again. */
export function scoringTools(): Promise<ScoringTools> {
  return (opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
}

async function open(): Promise<ScoringTools> {
  // One thread each: the generation backend needs the cores more than a millisecond network does.
  const [extractor, grader, image, text] = await Promise.all([
    openFeatureExtractor(BUNDLED_ENCODER, { threads: 1 }),
    openToyboxGrader({ threads: 1 }),
    openFeatureExtractor(CONTRASTIVE_ENCODER, { threads: 1 }),
    openTextEncoder(CONTRASTIVE_ENCODER, { threads: 1 }),
  ]);
  return { extractor, grader, contrastive: { image, text } };
}

/**
 * Every encoder that runs are scored with now, the bundled one first, each opened once in this process. An installed one
 * whose files were spoiled is left out, as one that is not there.
 */
export async function scoringEncoders(tx: Tx): Promise<FeatureExtractor[]> {
  const { extractor } = await scoringTools();
  const [, ...others] = await encodersInUse(tx);
  const here = await Promise.all(others.map(openInstalled));
  return [extractor, ...here.filter((encoder) => encoder !== null)];
}

function openInstalled({ name, resize, distanceLabel, ...identity }: EncoderInUse) {
  const key = featuresId(identity);
  const opening =
    installed.get(key) ??
    openFeatureExtractor(name, { encodersDir: encodersDir(), resize, threads: 1 }).then((encoder) => ({
      ...encoder,
      distanceLabel,
    }));
  installed.set(key, opening);
  return opening.catch((error: unknown) => {
    installed.delete(key);
    if (error instanceof ExtractorError) return null;
    throw error;
  });
}

/** Free what was opened. */
export async function closeScoringTools(): Promise<void> {
  const tools = await opened?.catch(() => undefined);
  opened = undefined;
  await tools?.extractor.close();
  await tools?.grader.close();
  await tools?.contrastive.image.close();
  await tools?.contrastive.text.close();
  for (const opening of installed.values()) await (await opening.catch(() => undefined))?.close();
  installed.clear();
}
