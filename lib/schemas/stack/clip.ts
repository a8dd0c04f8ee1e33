import { z } from "zod";
import { backgroundSchema, colourSchema, objectKindSchema } from "@/lib/schemas/stack/scene";

/** Toybox in motion: what a clip of 17 frames may show. The order of every list is part of the weights' contract. */

/** One first frame and sixteen that follow it. */
export const CLIP_FRAMES = 17;
/** Frames a second. */
export const CLIP_FPS = 8;

/** What an object does, in the order of the clip grader's outputs. */
export const MOTIONS = [
  "moves left",
  "moves right",
  "moves up",
  "moves down",
  "spins",
  "grows",
  "shrinks",
  "bounces",
  "stands still",
  "moves left behind",
  "moves right behind",
  "leaves to the left and comes back",
  "leaves to the right and comes back",
] as const;

/** Prompt categories of clips. "held-out" prompts hold a kind in a motion that no training clip shows. */
export const CLIP_CATEGORIES = [
  "one object",
  "two objects",
  "three objects",
  "behind",
  "leaves",
  "held-out",
] as const;

export const motionSchema = z.enum(MOTIONS);
export const clipCategorySchema = z.enum(CLIP_CATEGORIES);

/**
 * One object of a clip: centre and side in pixels of the 64x64 canvas, in its first frame; `reach` is how far it goes in
 * pixels (moves, bounces), by what factor its side changes (grows, shrinks), or the sense of a spin (1 clockwise, -1 not).
 */
export const clipObjectSchema = z.object({
  kind: objectKindSchema,
  colour: colourSchema,
  motion: motionSchema,
  x: z.number(),
  y: z.number(),
  size: z.number().positive().max(64),
  reach: z.number(),
  said: z.object({ colour: z.boolean(), motion: z.boolean() }),
});

/** The exact ground truth of one clip. Objects are of distinct kinds, the one behind first. */
export const clipSchema = z.object({
  objects: z.array(clipObjectSchema).min(1).max(3),
  background: z.object({
    colour: backgroundSchema,
    gradient: z.boolean(),
    said: z.object({ colour: z.boolean() }),
  }),
});

/** What a clip's caption claims, and nothing it leaves unsaid: the truth a generated clip is graded against. */
export const clipTruthSchema = z.object({
  objects: z
    .array(
      z.object({
        kind: objectKindSchema,
        colour: colourSchema.nullable(),
        motion: motionSchema.nullable(),
      }),
    )
    .min(1)
    .max(3),
  background: backgroundSchema.nullable(),
});

export const toyboxClipPromptSetSchema = z.object({
  id: z.string(),
  prompts: z.array(
    z.object({
      index: z.number().int().nonnegative(),
      text: z.string().min(1),
      category: clipCategorySchema,
      arena: z.boolean(),
      truth: clipTruthSchema,
    }),
  ),
});

/** Where one object is in one frame: centre and side in pixels, degrees clockwise, and the share of it that is seen. */
export const trackPointSchema = z.object({
  x: z.number(),
  y: z.number(),
  size: z.number().positive(),
  angle: z.number(),
  visible: z.number().min(0).max(1),
});

export type Motion = z.infer<typeof motionSchema>;
export type ClipCategory = z.infer<typeof clipCategorySchema>;
export type ClipObject = z.infer<typeof clipObjectSchema>;
export type Clip = z.infer<typeof clipSchema>;
export type ClipTruth = z.infer<typeof clipTruthSchema>;
export type TrackPoint = z.infer<typeof trackPointSchema>;
