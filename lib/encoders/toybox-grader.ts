import path from "node:path";
import { Tensor } from "onnxruntime-node";
import type { DecodedImage } from "@/lib/media/decode-image";
import type { InputSpec } from "@/lib/encoders/encoder-spec";
import { weightsOnCard } from "@/lib/encoders/model-card";
import { openModel } from "@/lib/encoders/onnx-session";
import type { OpenOptions } from "@/lib/encoders/open-encoder";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { prepareImage } from "@/lib/encoders/preprocessing/prepare-image";
import type { Background, CaptionTruth, Colour, ObjectKind, Relation } from "@/lib/schemas/stack/scene";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";

/** What the grader reads in an image, whatever its caption says. */
export interface Reading {
  /** One entry a kind that is there. */
  objects: { kind: ObjectKind; count: number; colour: Colour; x: number; y: number }[];
  background: Background;
}

/** A reading held against what a caption claims; null where the caption does not say. */
export interface Grade {
  /** The kinds the caption names are there, and no others. */
  objects: boolean;
  /** Every named kind is there as often as claimed. */
  count: boolean;
  colours: boolean | null;
  background: boolean | null;
  relation: boolean | null;
  allCorrect: boolean;
}

/** An opened Toybox grader. */
export interface ToyboxGrader {
  /** Name plus the first 12 hex digits of the weights' sha256: grades may be cached under it. */
  id: string;
  read(images: DecodedImage[]): Promise<Reading[]>;
  /** Grades of the images against one truth each, in their order. */
  grade(images: DecodedImage[], truths: CaptionTruth[]): Promise<Grade[]>;
  close(): Promise<void>;
}

const INPUT: InputSpec = {
  name: "image",
  layout: "NCHW",
  width: 64,
  height: 64,
  resize: "clean",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};
const BATCH = 32;
const KINDS = OBJECT_KINDS.length;
/** Logits a kind: 0 to 3 of them. */
const COUNTS = 4;
/** Centres nearer than this, as a share of the side, read as "with" (the rule on the grader's card). */
const WITH_BELOW = 0.36;

/**
 * Opens the grader of the bundled world. It is lenient: a lopsided star still counts as a star, so it measures
 * alignment with the caption, not quality; its accuracy on real renders stands on its card.
 * @throws EncoderError WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openToyboxGrader({
  weightsDir = BUNDLED_WEIGHTS,
  threads,
}: OpenOptions = {}): Promise<ToyboxGrader> {
  const weights = await weightsOnCard(path.join(weightsDir, "toybox-grader"), "grader");
  const { session, sha256 } = await openModel(weights.file, { sha256: weights.sha256, threads });
  const size = 3 * INPUT.width * INPUT.height;

  async function read(images: DecodedImage[]): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (let start = 0; start < images.length; start += BATCH) {
      const batch = images.slice(start, start + BATCH);
      const pixels = new Float32Array(batch.length * size);
      batch.forEach((image, i) => prepareImage(image, INPUT, pixels, i * size));
      const tensor = new Tensor("float32", pixels, [batch.length, 3, INPUT.height, INPUT.width]);
      const outputs = await session.run({ [INPUT.name]: tensor });
      const [counts, colours, positions, backgrounds] = ["counts", "colours", "positions", "background"].map(
        (name) => outputs[name].data as Float32Array,
      );
      for (let i = 0; i < batch.length; i++) {
        const objects: Reading["objects"] = [];
        for (let kind = 0; kind < KINDS; kind++) {
          const slot = i * KINDS + kind;
          const count = argmax(counts, slot * COUNTS, COUNTS);
          if (count === 0) continue;
          objects.push({
            kind: OBJECT_KINDS[kind],
            count,
            colour: COLOURS[argmax(colours, slot * COLOURS.length, COLOURS.length)],
            x: positions[2 * slot],
            y: positions[2 * slot + 1],
          });
        }
        const background = argmax(backgrounds, i * BACKGROUNDS.length, BACKGROUNDS.length);
        readings.push({ objects, background: BACKGROUNDS[background] });
      }
    }
    return readings;
  }

  return {
    id: `toybox-grader@${sha256.slice(0, 12)}`,
    read,
    async grade(images, truths) {
      if (images.length !== truths.length) {
        throw new RangeError(`${images.length} images cannot be graded against ${truths.length} truths.`);
      }
      return (await read(images)).map((reading, i) => gradeReading(reading, truths[i]));
    },
    close: () => session.release(),
  };
}

function argmax(values: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[start + i] > values[start + best]) best = i;
  return best;
}

/** How the first centre stands to the second, by the rule that the grader was measured with. */
export function readRelation(first: { x: number; y: number }, second: { x: number; y: number }): Relation {
  const across = second.x - first.x;
  const down = second.y - first.y;
  if (Math.max(Math.abs(across), Math.abs(down)) < WITH_BELOW) return "with";
  if (Math.abs(across) >= Math.abs(down)) return across > 0 ? "left of" : "right of";
  return down > 0 ? "above" : "below";
}

/** Holds a reading against a caption's claims. */
export function gradeReading(reading: Reading, truth: CaptionTruth): Grade {
  const seen = new Map(reading.objects.map((object) => [object.kind, object]));
  const objects = seen.size === truth.objects.length && truth.objects.every(({ kind }) => seen.has(kind));
  const count = truth.objects.every(({ kind, count }) => seen.get(kind)?.count === count);
  const coloured = truth.objects.filter(({ colour }) => colour !== null);
  const colours =
    coloured.length === 0 ? null : coloured.every(({ kind, colour }) => seen.get(kind)?.colour === colour);
  const background = truth.background === null ? null : reading.background === truth.background;
  let relation: boolean | null = null;
  if (truth.relation !== null) {
    const [first, second] = truth.objects.map(({ kind }) => seen.get(kind));
    relation = first !== undefined && second !== undefined && readRelation(first, second) === truth.relation;
  }
  const allCorrect = objects && count && colours !== false && background !== false && relation !== false;
  return { objects, count, colours, background, relation, allCorrect };
}
