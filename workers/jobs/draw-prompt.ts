import { drawPrompt, endDrawing } from "@/lib/demos/generate-own-prompt";
import type { ExhaustedHandler, Handler } from "@/workers/context";

export const drawPromptJob: Handler<"draw-prompt"> = ({ drawingId }, context) =>
  drawPrompt(drawingId, context);

/** Who waits for a drawing that cannot be made is told so. */
export const endDrawingOf: ExhaustedHandler<"draw-prompt"> = async ({ drawingId }, error, { db, log }) => {
  log.error({ drawingId, err: error }, "drawing given up");
  await endDrawing(drawingId, "It could not be drawn; the worker’s log says why.", db);
};
