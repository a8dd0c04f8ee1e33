import { z } from "zod";

/** Toybox, the bundled captioned world: what a 64x64 scene may hold. The order of every list is part of the weights' contract. */

/** The drawn object kinds, in the order of the grader's outputs. */
export const OBJECT_KINDS = [
  "teddy bear",
  "book",
  "car",
  "tree",
  "house",
  "sun",
  "star",
  "ball",
  "fish",
  "flower",
  "boat",
  "cup",
  "heart",
  "mushroom",
  "balloon",
  "key",
] as const;

/** Object colours, in the order of the grader's outputs. */
export const COLOURS = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown"] as const;

/** Background colours (soft tints, and one night sky called "dark"), in the order of the grader's outputs. */
export const BACKGROUNDS = ["white", "grey", "blue", "green", "yellow", "pink", "purple", "dark"] as const;

/** How the first object stands to the second; "with" puts the second, smaller, in front of the first. */
export const RELATIONS = ["left of", "right of", "above", "below", "with"] as const;

/** Prompt categories. "held-out" prompts hold a combination that no training image shows. */
export const PROMPT_CATEGORIES = [
  "single object",
  "colour",
  "counting",
  "relation",
  "three objects",
  "held-out",
] as const;

export const objectKindSchema = z.enum(OBJECT_KINDS);
export const colourSchema = z.enum(COLOURS);
export const backgroundSchema = z.enum(BACKGROUNDS);
export const relationSchema = z.enum(RELATIONS);
export const promptCategorySchema = z.enum(PROMPT_CATEGORIES);

/** One drawn icon: centre and side length in pixels of the 64x64 canvas; `said` tells whether the caption names its colour. */
export const sceneObjectSchema = z.object({
  kind: objectKindSchema,
  colour: colourSchema,
  x: z.number().min(0).max(64),
  y: z.number().min(0).max(64),
  size: z.number().positive().max(64),
  said: z.object({ colour: z.boolean() }),
});

/** The exact ground truth of one image. Objects are of distinct kinds, or (counting) all of one kind and colour. */
export const sceneSchema = z.object({
  objects: z.array(sceneObjectSchema).min(1).max(3),
  /** Stands between objects[0] and objects[1]; null where the caption claims none. */
  relation: relationSchema.nullable(),
  background: z.object({
    colour: backgroundSchema,
    gradient: z.boolean(),
    said: z.object({ colour: z.boolean() }),
  }),
});

/** What a caption claims, and nothing it leaves unsaid: the truth a generated image is graded against. */
export const captionTruthSchema = z.object({
  objects: z
    .array(
      z.object({
        kind: objectKindSchema,
        colour: colourSchema.nullable(),
        count: z.number().int().min(1).max(3),
      }),
    )
    .min(1)
    .max(3),
  relation: relationSchema.nullable(),
  background: backgroundSchema.nullable(),
});

/** One prompt of a prompt set. */
export const toyboxPromptSchema = z.object({
  index: z.number().int().nonnegative(),
  text: z.string().min(1),
  category: promptCategorySchema,
  arena: z.boolean(),
  truth: captionTruthSchema,
});

export const toyboxPromptSetSchema = z.object({
  id: z.string(),
  seed: z.number().int(),
  prompts: z.array(toyboxPromptSchema),
});

export type ObjectKind = z.infer<typeof objectKindSchema>;
export type Colour = z.infer<typeof colourSchema>;
export type Background = z.infer<typeof backgroundSchema>;
export type Relation = z.infer<typeof relationSchema>;
export type PromptCategory = z.infer<typeof promptCategorySchema>;
export type SceneObject = z.infer<typeof sceneObjectSchema>;
export type Scene = z.infer<typeof sceneSchema>;
export type CaptionTruth = z.infer<typeof captionTruthSchema>;
export type ToyboxPrompt = z.infer<typeof toyboxPromptSchema>;
export type ToyboxPromptSet = z.infer<typeof toyboxPromptSetSchema>;
