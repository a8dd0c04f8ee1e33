import { z } from "zod";

/** What a rubric's judge is shown of a sample: the image, frames of the video in their order, or the whole video as one file. */
const sees = z.enum(["image", "frames", "video"]);
export type Sees = z.output<typeof sees>;

/** A sample as a judge is shown it: an image as one PNG file, a video as those of its frames, or as one MP4 file. */
export interface Shown {
  type: "png" | "mp4";
  files: readonly Buffer[];
}

const base = {
  name: z.string().regex(/^[a-z]+$/),
  /** Raised when a word of it changes: verdicts of two versions are never compared. */
  version: z.number().int().positive(),
  /** Of which samples it is asked. */
  sees: sees.default("image"),
  title: z.string(),
  description: z.string(),
  source: z.string(),
  /** Lines, with the same marks as `user`. */
  system: z.array(z.string()),
  /**
   * Lines; {{prompt}} stands for the prompt as a JSON string, {{questions}} for numbered questions, {{frames}} for how many frames of a
   * video are shown, {{frames_a}} and {{frames_b}} for how many of each of two.
   */
  user: z.array(z.string()).min(1),
};

const aspect = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  /** Of a group's aspects the worst counts. */
  group: z.string(),
  /** From worst (0) to best (1), evenly spaced. */
  levels: z.array(z.string()).min(2),
});

/** What a judge is asked, as data: one file of lib/rubrics/texts each. */
export const rubricSchema = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("pointwise"), aspects: z.array(aspect).min(1) }),
  z.object({ ...base, kind: z.literal("pairwise") }),
  z.object({ ...base, kind: z.literal("checklist") }),
  z.object({ ...base, kind: z.literal("vqascore") }),
  z.object({ ...base, kind: z.literal("decompose") }),
]);

export type Rubric = z.output<typeof rubricSchema>;
export type RubricKind = Rubric["kind"];
export type RubricOf<K extends RubricKind> = Extract<Rubric, { kind: K }>;

/** "viescore@1": what verdicts name. */
export const rubricId = ({ name, version }: Pick<Rubric, "name" | "version">) => `${name}@${version}`;
