import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { drawingFailureText } from "@/lib/schemas/reasons/failure-text";
import { storedDrawingFailure, type StoredDrawingFailure } from "@/lib/schemas/stack/drawing-failure";
import type { DrawingResponse } from "@/lib/schemas/stack/drawings";

/**
 * How far a drawing is. Its id is all that it takes: only who started it was told.
 * @throws SalonError not_found
 */
export async function readDrawing(id: string, tx: Tx = db()): Promise<DrawingResponse> {
  const drawing = await tx.drawing.findUnique({
    where: { id },
    include: {
      images: { include: { model: true }, orderBy: { model: { slug: "asc" } } },
    },
  });
  if (drawing === null) {
    throw new SalonError("not_found", "There is no such drawing: they are kept for a day.", {
      field: "drawingId",
    });
  }
  const { prompt, seed, images } = drawing;
  return {
    drawingId: id,
    prompt,
    seed,
    state: images.every(({ artifactHash, failure }) => artifactHash ?? failure) ? "done" : "drawing",
    images: images.map(({ model, artifactHash, failure, unknownWords, unreadWords }) => ({
      model: model.slug,
      name: model.name,
      url: artifactHash === null ? null : `/media/drawings/${id}/${model.slug}`,
      ...failureOf(failure),
      unknownWords,
      unreadWords,
    })),
  };
}

function failureOf(stored: unknown): { failure: string | null; failedFor: StoredDrawingFailure | null } {
  const failedFor = storedDrawingFailure.nullable().parse(stored);
  return { failure: failedFor && drawingFailureText(failedFor), failedFor };
}
