import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Tensor } from "onnxruntime-node";
import { z } from "zod";
import type { DecodedImage } from "@/lib/feature-extractors/decode-image";
import { ExtractorError } from "@/lib/feature-extractors/extractor-error";
import { openModel } from "@/lib/feature-extractors/onnx-session";
import { describePreprocessing, prepareImage } from "@/lib/feature-extractors/preprocessing/prepare-image";
import { BUNDLED_EXTRACTORS } from "@/lib/feature-extractors/registry";

/** Folder of the weights that come with Salon, one folder an encoder. */
export const BUNDLED_WEIGHTS = fileURLToPath(new URL("./weights", import.meta.url));

/** An opened encoder of pictures. */
export interface FeatureExtractor {
  name: string;
  /** Name plus the first 12 hex digits of the weights' sha256: features may be cached under it. */
  id: string;
  /** Features a picture. */
  dimension: number;
  /** What a Fréchet distance on these features is called. */
  distanceLabel: string;
  /** The preprocessing in words, for the protocol. */
  preprocessing: string;
  /** Features of the pictures in their order, [n, dimension] row-major. */
  extract(images: DecodedImage[]): Promise<Float32Array>;
  /** Frees the session. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Folder that holds one folder an encoder; the bundled weights by default. */
  weightsDir?: string;
  /** Threads of one inference; 0 (the default) takes one a core. */
  threads?: number;
}

const BATCH = 32;
const cardSchema = z.object({ sha256: z.string().optional() });

/** sha256 that the card beside the weights promises, if it does. */
export async function promisedHash(folder: string): Promise<string | undefined> {
  const text = await readFile(path.join(folder, "card.json"), "utf8").catch(() => null);
  if (text === null) return undefined;
  try {
    return cardSchema.parse(JSON.parse(text)).sha256;
  } catch (error) {
    throw new ExtractorError("BAD_MANIFEST", `${path.join(folder, "card.json")} is not a model card.`, {
      cause: error,
    });
  }
}

/**
 * Opens an encoder by name. The same pictures give the same features, in batches or one by one.
 * @throws ExtractorError UNKNOWN_ENCODER, WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openFeatureExtractor(
  name: string,
  { weightsDir = BUNDLED_WEIGHTS, threads }: OpenOptions = {},
): Promise<FeatureExtractor> {
  if (!Object.hasOwn(BUNDLED_EXTRACTORS, name)) {
    const known = Object.keys(BUNDLED_EXTRACTORS).join(", ");
    throw new ExtractorError("UNKNOWN_ENCODER", `There is no encoder ${name}; known are ${known}.`);
  }
  const spec = BUNDLED_EXTRACTORS[name as keyof typeof BUNDLED_EXTRACTORS];
  const folder = path.join(weightsDir, spec.name);
  const { session, sha256 } = await openModel(path.join(folder, spec.file), {
    sha256: await promisedHash(folder),
    threads,
  });
  const { input, output } = spec;
  if (!session.inputNames.includes(input.name) || !session.outputNames.includes(output.name)) {
    throw new ExtractorError(
      "WEIGHTS_WRONG",
      `${path.join(folder, spec.file)} has inputs ${session.inputNames.join(", ")} and outputs ${session.outputNames.join(", ")}, not ${input.name} and ${output.name}.`,
    );
  }
  const size = 3 * input.width * input.height;
  const shape = input.layout === "NCHW" ? [3, input.height, input.width] : [input.height, input.width, 3];
  return {
    name: spec.name,
    id: `${spec.name}@${sha256.slice(0, 12)}`,
    dimension: output.dimension,
    distanceLabel: spec.distanceLabel,
    preprocessing: describePreprocessing(input),
    async extract(images) {
      const features = new Float32Array(images.length * output.dimension);
      for (let start = 0; start < images.length; start += BATCH) {
        const batch = images.slice(start, start + BATCH);
        const pixels = new Float32Array(batch.length * size);
        batch.forEach((image, i) => prepareImage(image, input, pixels, i * size));
        const tensor = new Tensor("float32", pixels, [batch.length, ...shape]);
        const result = await session.run({ [input.name]: tensor }, [output.name]);
        const rows = result[output.name].data as Float32Array;
        if (rows.length !== batch.length * output.dimension) {
          throw new ExtractorError(
            "WEIGHTS_WRONG",
            `${spec.name} gave ${rows.length} features for ${batch.length} pictures instead of ${output.dimension} each.`,
          );
        }
        features.set(rows, start * output.dimension);
      }
      return features;
    },
    close: () => session.release(),
  };
}
