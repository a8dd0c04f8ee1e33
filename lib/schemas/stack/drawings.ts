import { z } from "zod";
import { storedDrawingFailure } from "@/lib/schemas/stack/drawing-failure";

/** A visitor's own prompt, drawn by every bundled model from one seed. */

export const drawingRequest = z
  .object({ prompt: z.string().trim().min(1).max(1000).describe("What to draw.") })
  .strict();
export type DrawingRequest = z.input<typeof drawingRequest>;

export const drawingResponse = z.object({
  drawingId: z.string().describe("Known to you alone. The drawing is kept for a day."),
  prompt: z.string(),
  seed: z.number().int().describe("The one seed that all models begin with."),
  state: z.enum(["drawing", "done"]),
  images: z.array(
    z.object({
      model: z.string().describe("Slug."),
      name: z.string(),
      url: z.string().nullable().describe("null until it is drawn, or if it could not be."),
      failure: z.string().nullable().describe("Why there is no image."),
      failedFor: storedDrawingFailure.nullable().describe("The same as a code with its facts."),
      unknownWords: z.array(z.string()).describe("Words of the prompt that this model was not taught."),
      unreadWords: z.number().int().describe("Words at the prompt's end that it did not come to."),
    }),
  ),
});
export type DrawingResponse = z.output<typeof drawingResponse>;
