import path from "node:path";
import { ExtractorError } from "@/lib/feature-extractors/extractor-error";
import type { Resize } from "@/lib/feature-extractors/extractor-spec";
import { describePreprocessing } from "@/lib/feature-extractors/extractor-spec";
import { installedCard } from "@/lib/feature-extractors/install-encoder";
import { weightsOnCard } from "@/lib/feature-extractors/model-card";
import { BUNDLED_WEIGHTS } from "@/lib/feature-extractors/open-extractor";
import { BUNDLED_EXTRACTORS } from "@/lib/feature-extractors/registry";
import { STANDARD_ENCODERS } from "@/lib/feature-extractors/standard-encoders";

/** What a feature of an encoder is known by, without opening its model. */
export interface EncoderIdentity {
  id: string;
  dimension: number;
  preprocessing: string;
}

/**
 * Identity of an encoder by name. A standard encoder that is not installed has that of its published weights, so that
 * published statistics can be imported before it is.
 * @throws ExtractorError UNKNOWN_ENCODER, BAD_MANIFEST
 */
export async function encoderIdentity(
  name: string,
  { encodersDir, resize }: { encodersDir: string; resize?: Resize },
): Promise<EncoderIdentity> {
  if (Object.hasOwn(BUNDLED_EXTRACTORS, name)) {
    const spec = BUNDLED_EXTRACTORS[name as keyof typeof BUNDLED_EXTRACTORS];
    const { sha256 } = await weightsOnCard(path.join(BUNDLED_WEIGHTS, name), "encoder");
    return identity(name, sha256, spec, resize);
  }
  const card = await installedCard(encodersDir, name);
  if (card?.spec) return identity(name, card.files.encoder.sha256, card.spec, resize);
  if (!Object.hasOwn(STANDARD_ENCODERS, name)) {
    throw new ExtractorError(
      "UNKNOWN_ENCODER",
      `There is no encoder ${name}: \`salon encoders list\` shows them all.`,
    );
  }
  const standard = STANDARD_ENCODERS[name];
  const published = standard.published.find(({ sha256 }) => sha256 !== undefined)?.sha256;
  const sha256 = card?.checkpoint?.sha256 ?? published ?? "0".repeat(64);
  return identity(name, sha256, standard.spec(resize ?? standard.resizes[0]), resize);
}

function identity(
  name: string,
  sha256: string,
  spec: { input: Parameters<typeof describePreprocessing>[0]; features: { dimension: number } },
  resize?: Resize,
): EncoderIdentity {
  return {
    id: `${name}@${sha256.slice(0, 12)}`,
    dimension: spec.features.dimension,
    preprocessing: describePreprocessing(resize ? { ...spec.input, resize } : spec.input),
  };
}
