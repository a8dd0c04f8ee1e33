import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { describePreprocessing, frameRuleOf } from "@/lib/encoders/encoder-spec";
import { clipReading, gradeClip, type ClipGrade, type ClipReading } from "@/lib/encoders/grade-clip";
import { hasCard, weightsOnCard } from "@/lib/encoders/model-card";
import { openModel } from "@/lib/encoders/onnx-session";
import type { OpenOptions } from "@/lib/encoders/open-encoder";
import { prepareClip } from "@/lib/encoders/preprocessing/prepare-clip";
import { TOYBOX_CLIP_INPUT } from "@/lib/encoders/registry";
import type { FrameRule } from "@/lib/media/decode-video";
import type { DecodedImage } from "@/lib/media/decode-image";
import { MOTIONS, type ClipTruth } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";

/** An opened grader of Toybox clips. */
export interface ClipGrader {
  /** Name plus the first 12 hex digits of the weights' sha256: grades may be cached under it. */
  id: string;
  preprocessing: string;
  /** Frames that it reads of a video, and which. */
  frames: number;
  rule: FrameRule;
  read(clips: DecodedImage[][]): Promise<ClipReading[]>;
  /** Grades of the clips against one truth each, in their order. */
  grade(clips: DecodedImage[][], truths: ClipTruth[]): Promise<ClipGrade[]>;
  close(): Promise<void>;
}

const NAME = "toybox-video-grader";

const labelled = z.object({
  labels: z.object({
    kinds: z.array(z.string()),
    colours: z.array(z.string()),
    motions: z.array(z.string()),
    backgrounds: z.array(z.string()),
  }),
});

/** Whether this copy of Salon has the grader's weights. */
export const hasClipGrader = (weightsDir = BUNDLED_WEIGHTS): Promise<boolean> =>
  hasCard(path.join(weightsDir, NAME));

/**
 * Opens the grader of clips of the bundled world. It measures alignment with the caption, not quality; its accuracy on real clips
 * stands on its card.
 * @throws EncoderError WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openClipGrader({
  weightsDir = BUNDLED_WEIGHTS,
  threads,
}: Pick<OpenOptions, "weightsDir" | "threads"> = {}): Promise<ClipGrader> {
  const folder = path.join(weightsDir, NAME);
  const weights = await weightsOnCard(folder, "grader");
  await requireLabels(path.join(folder, "card.json"));
  const { session, sha256 } = await openModel(weights.file, { sha256: weights.sha256, threads });

  async function readOne(clip: DecodedImage[]): Promise<ClipReading> {
    return clipReading(await session.run({ [TOYBOX_CLIP_INPUT.name]: prepareClip(clip, TOYBOX_CLIP_INPUT) }));
  }
  async function read(clips: DecodedImage[][]): Promise<ClipReading[]> {
    const readings: ClipReading[] = [];
    for (const clip of clips) readings.push(await readOne(clip));
    return readings;
  }

  return {
    id: `${NAME}@${sha256.slice(0, 12)}`,
    preprocessing: describePreprocessing(TOYBOX_CLIP_INPUT),
    frames: TOYBOX_CLIP_INPUT.frames,
    rule: frameRuleOf(TOYBOX_CLIP_INPUT),
    read,
    async grade(clips, truths) {
      if (clips.length !== truths.length) {
        throw new RangeError(`${clips.length} clips cannot be graded against ${truths.length} truths.`);
      }
      return (await read(clips)).map((reading, i) => gradeClip(reading, truths[i]));
    },
    close: () => session.release(),
  };
}

/** @throws EncoderError BAD_MANIFEST where the outputs stand for other things than are read from them */
async function requireLabels(card: string): Promise<void> {
  const known = labelled.safeParse(JSON.parse(await readFile(card, "utf8")));
  const wanted = { kinds: OBJECT_KINDS, colours: COLOURS, motions: MOTIONS, backgrounds: BACKGROUNDS };
  for (const [name, labels] of Object.entries(wanted)) {
    const found = known.data?.labels[name as keyof typeof wanted];
    if (found?.join("\n") !== labels.join("\n"))
      throw new EncoderError("BAD_MANIFEST", `${card} names other ${name} than Salon reads.`);
  }
}
