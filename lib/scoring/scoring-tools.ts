import type { Tx } from "@/lib/db/client";
import {
  BUNDLED_ENCODER,
  encodersDir,
  encodersInUse,
  type EncoderInUse,
} from "@/lib/references/encoders-in-use";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { featuresId } from "@/lib/encoders/features-id";
import { openEncoder, type Encoder } from "@/lib/encoders/open-encoder";
import { openVideoEncoder, type VideoEncoder } from "@/lib/encoders/open-video-encoder";
import { openTextEncoder, type TextEncoder } from "@/lib/encoders/text-encoder";
import { openToyboxGrader, type ToyboxGrader } from "@/lib/encoders/toybox-grader";

/** The encoder whose pictures and captions share a space: alignment without knowing the truth. */
const CONTRASTIVE_ENCODER = "toybox-contrastive";

export interface ContrastiveEncoder {
  image: Encoder;
  text: TextEncoder;
}

export interface ScoringTools {
  /** The bundled encoder. */
  extractor: Encoder;
  grader: ToyboxGrader;
  contrastive: ContrastiveEncoder;
}

let opened: Promise<ScoringTools> | undefined;
/** Installed encoders by what their features are cached under. */
const installed = new Map<string, Promise<Encoder>>();
/** Of clips, likewise. */
const installedOfClips = new Map<string, Promise<VideoEncoder>>();

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
    openEncoder(BUNDLED_ENCODER, { threads: 1 }),
    openToyboxGrader({ threads: 1 }),
    openEncoder(CONTRASTIVE_ENCODER, { threads: 1 }),
    openTextEncoder(CONTRASTIVE_ENCODER, { threads: 1 }),
  ]);
  return { extractor, grader, contrastive: { image, text } };
}

/**
 * Every encoder that runs of pictures are scored with now, the bundled one first, each opened once in this process. An installed
 * one whose files were spoiled is left out, as one that is not there.
 */
export async function scoringEncoders(tx: Tx): Promise<Encoder[]> {
  const { extractor } = await scoringTools();
  const [, ...others] = await encodersInUse("image", tx);
  const here = await Promise.all(others.map((each) => opening(each, installed, openEncoder)));
  return [extractor, ...here.filter((encoder) => encoder !== null)];
}

/** The same for runs of clips; there is none but what the operator has installed. */
export async function scoringClipEncoders(tx: Tx): Promise<VideoEncoder[]> {
  const inUse = await encodersInUse("video", tx);
  const here = await Promise.all(inUse.map((each) => opening(each, installedOfClips, openVideoEncoder)));
  return here.filter((encoder) => encoder !== null);
}

type Open<E> = (
  name: string,
  options: { encodersDir: string; threads: number } & EncoderInUse["reading"],
) => Promise<E>;

/** @returns null when its files were spoiled */
function opening<E>(
  { name, reading, distanceLabel, ...identity }: EncoderInUse,
  known: Map<string, Promise<E>>,
  open: Open<E>,
): Promise<E | null> {
  const key = featuresId(identity);
  const opened =
    known.get(key) ??
    open(name, { encodersDir: encodersDir(), ...reading, threads: 1 }).then((encoder) => ({
      ...encoder,
      distanceLabel,
    }));
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
  await tools?.extractor.close();
  await tools?.grader.close();
  await tools?.contrastive.image.close();
  await tools?.contrastive.text.close();
  for (const known of [installed, installedOfClips]) {
    for (const opening of known.values()) await (await opening.catch(() => undefined))?.close();
    known.clear();
  }
}
