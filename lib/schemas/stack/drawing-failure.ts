import { z } from "zod";

/** Why a model's image of a visitor's own prompt does not come. */
export const drawingFailure = z.discriminatedUnion("code", [
  z.object({ code: z.literal("not_served") }).describe("The model is not served any more."),
  z.object({ code: z.literal("backend_away") }).describe("The backend is away or busy."),
  z.object({ code: z.literal("held") }).describe("A check of the site holds it back."),
  z.object({ code: z.literal("refused"), said: z.string() }).describe("In the backend's words."),
  z.object({ code: z.literal("broke_down") }).describe("It could not be drawn; the worker's log says why."),
]);

/** As drawings keep it: those of earlier releases are sentences. */
export const storedDrawingFailure = z.union([z.string(), drawingFailure]);

export type DrawingFailure = z.output<typeof drawingFailure>;
export type StoredDrawingFailure = z.output<typeof storedDrawingFailure>;
