import { readDrawing } from "@/lib/demos/read-drawing";
import { json, respond } from "../../../respond";

/** GET /api/v1/drawings/{drawingId}: how far a drawing is. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ drawingId: string }> },
): Promise<Response> {
  return respond(request, async () => json(await readDrawing((await params).drawingId)));
}
