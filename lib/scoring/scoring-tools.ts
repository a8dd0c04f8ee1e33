import { BUNDLED_ENCODER, encodersDir, type EncoderInUse } from "@/lib/references/encoders-in-use";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { featuresId } from "@/lib/encoders/features-id";
import { openEncoder, type Encoder } from "@/lib/encoders/open-encoder";
import { openVideoEncoder, type VideoEncoder } from "@/lib/encoders/open-video-encoder";
import { openTextEncoder, type TextEncoder } from "@/lib/encoders/text-encoder";
import { hasClipGrader, openClipGrader, type ClipGrader } from "@/lib/encoders/toybox-clip-grader";
import { openToyboxGrader, type ToyboxGrader } from "@/lib/encoders/toybox-grader";

/** The encoder whose images and captions share a space: alignment without knowing the truth. */
const CONTRASTIVE_ENCODER = "toybox-contrastive";

export interface ContrastiveEncoder {
  image: Encoder;
  text: TextEncoder;
}

export interface ScoringTools {
  /** The bundled encoder. */
  encoder: Encoder;
  grader: ToyboxGrader;
  contrastive: ContrastiveEncoder;
}

let opened: Promise<ScoringTools> | undefined;
let openedClipGrader: Promise<ClipGrader | null> | undefined;
/** Installed encoders by what their features are cached under. */
const installed = new Map<string, Promise<Encoder>>();
/** Of videos, likewise. */
const installedOfVideos = new Map<string, Promise<VideoEncoder>>();

/** The process's bundled encoders and grader, opened on first use and shared by all jobs; a failed opening is tried again. */
export function scoringTools(): Promise<ScoringTools> {
  return (opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
}

async function open(): Promise<ScoringTools> {
  // One thread each: the generation backend needs the cores more than a millisecond network does.
  const [encoder, grader, image, text] = await Promise.all([
    openEncoder(BUNDLED_ENCODER, { threads: 1 }),
    openToyboxGrader({ threads: 1 }),
    openEncoder(CONTRASTIVE_ENCODER, { threads: 1 }),
    openTextEncoder(CONTRASTIVE_ENCODER, { threads: 1 }),
  ]);
  return { encoder, grader, contrastive: { image, text } };
}

/**
 * The encoders of a run of images, as opened in this process. An installed one whose files were spoiled is left out, as one that
 * is not there.
 */
export async function openScoringEncoders(
  plan: readonly EncoderInUse[],
): Promise<(Encoder & ScoringEncoder)[]> {
  const { encoder: bundled } = await scoringTools();
  const opened = await Promise.all(
    plan.map(async (each) => {
      const isBundled = each.id === bundled.id && each.preprocessing === bundled.preprocessing;
      const encoder = isBundled ? bundled : await opening(each, installed, openEncoder);
      return encoder && { ...encoder, distanceLabel: each.distanceLabel, referenceId: each.referenceId };
    }),
  );
  return opened.filter((encoder) => encoder !== null);
}

/** The process's grader of clips, likewise; null where this copy of Salon has none. */
export function clipGrader(): Promise<ClipGrader | null> {
  return (openedClipGrader ??= hasClipGrader()
    .then((isHere) => (isHere ? openClipGrader({ threads: 1 }) : null))
    .catch((error: unknown) => {
      openedClipGrader = undefined;
      throw error;
    }));
}

/** The same for a run of videos: the bundled one is opened as those that the operator has installed. */
export async function openScoringVideoEncoders(
  plan: readonly EncoderInUse[],
): Promise<(VideoEncoder & ScoringEncoder)[]> {
  const opened = await Promise.all(
    plan.map(async (each) => {
      const encoder = await opening(each, installedOfVideos, openVideoEncoder);
      return encoder && { ...encoder, distanceLabel: each.distanceLabel, referenceId: each.referenceId };
    }),
  );
  return opened.filter((encoder) => encoder !== null);
}

type Open<E> = (
  name: string,
  options: { encodersDir: string; threads: number } & EncoderInUse["reading"],
) => Promise<E>;

/** @returns null when its files were spoiled */
function opening<E>(
  { name, reading, ...identity }: EncoderInUse,
  known: Map<string, Promise<E>>,
  open: Open<E>,
): Promise<E | null> {
  const key = featuresId(identity);
  const opened = known.get(key) ?? open(name, { encodersDir: encodersDir(), ...reading, threads: 1 });
  known.set(key, opened);
  return opened.catch((error: unknown) => {
    known.delete(key);
    if (error instanceof EncoderError) return null;
    throw error;
  });
}

/** Free what was opened. */
export async function closeScoringTools(): Promise<void> {
  const tools = await opened?.catch(() => undefined);
  opened = undefined;
  const clips = await openedClipGrader?.catch(() => undefined);
  openedClipGrader = undefined;
  await clips?.close();
  await tools?.encoder.close();
  await tools?.grader.close();
  await tools?.contrastive.image.close();
  await tools?.contrastive.text.close();
  for (const known of [installed, installedOfVideos]) {
    for (const opening of known.values()) await (await opening.catch(() => undefined))?.close();
    known.clear();
  }
}
