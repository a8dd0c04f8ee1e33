import path from "node:path";
import { encoderId } from "@/lib/encoders/encoder-id";
import { EncoderError } from "@/lib/encoders/encoder-error";
import type { EncoderSpec, Reading } from "@/lib/encoders/encoder-spec";
import { describePreprocessing, framesOf, kindOf, labelOf, withReading } from "@/lib/encoders/encoder-spec";
import { installedCard } from "@/lib/encoders/install-encoder";
import { weightsOnCard } from "@/lib/encoders/model-card";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { BUNDLED_ENCODERS } from "@/lib/encoders/registry";
import { STANDARD_ENCODERS } from "@/lib/encoders/standard-encoders";

/** What a feature of an encoder is known by, without opening its model. */
export interface EncoderIdentity {
  name: string;
  id: string;
  dimension: number;
  preprocessing: string;
  /**
   * What a Fréchet distance on these features is called; a resize, or a number of frames, other than the encoder's own is part
   * of the name.
   */
  distanceLabel: string;
  kind: "image" | "video";
  /** Frames read of a video; null of images. */
  frames: number | null;
  /** Whether it can be opened here. */
  isInstalled: boolean;
}

/**
 * Identity of an encoder by name. A standard encoder that is not installed has that of its published weights, so that
 * published statistics can be imported before it is.
 * @throws EncoderError UNKNOWN_ENCODER, BAD_MANIFEST
 */
export async function encoderIdentity(
  name: string,
  { encodersDir, ...reading }: { encodersDir: string } & Reading,
): Promise<EncoderIdentity> {
  if (Object.hasOwn(BUNDLED_ENCODERS, name)) {
    const spec = BUNDLED_ENCODERS[name as keyof typeof BUNDLED_ENCODERS];
    const { sha256 } = await weightsOnCard(path.join(BUNDLED_WEIGHTS, name), "encoder");
    return identity(spec, sha256, reading);
  }
  const card = await installedCard(encodersDir, name);
  if (card?.spec) return identity(card.spec, card.files.encoder.sha256, reading);
  if (!Object.hasOwn(STANDARD_ENCODERS, name)) {
    throw new EncoderError(
      "UNKNOWN_ENCODER",
      `There is no encoder ${name}: \`salon encoders list\` shows them all.`,
    );
  }
  const standard = STANDARD_ENCODERS[name];
  const published = standard.published.find(({ sha256 }) => sha256 !== undefined)?.sha256;
  const sha256 = card?.checkpoint?.sha256 ?? published ?? "0".repeat(64);
  const verified = card?.checkpoint?.verified ?? true;
  const distanceLabel = verified ? standard.distanceLabel : `FD-${name}-unverified`;
  const { input } = standard.spec(reading.resize ?? standard.resizes[0]);
  return {
    ...identity({ ...standard.spec(standard.resizes[0]), distanceLabel }, sha256, reading),
    // Not every resize has the same scaling behind it.
    preprocessing: describePreprocessing(withReading(input, reading)),
    isInstalled: card?.checkpoint !== undefined,
  };
}

function identity(
  spec: Pick<EncoderSpec, "name" | "input" | "features" | "distanceLabel">,
  sha256: string,
  reading: Reading,
): EncoderIdentity {
  const { name, features, distanceLabel } = spec;
  const input = withReading(spec.input, reading);
  return {
    name,
    id: encoderId(name, sha256, features.name),
    dimension: features.dimension,
    preprocessing: describePreprocessing(input),
    distanceLabel: labelOf(distanceLabel, spec.input, input),
    kind: kindOf(input),
    frames: framesOf(input),
    isInstalled: true,
  };
}
