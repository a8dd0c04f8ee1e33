import { respond } from "@/app/api/respond";
import { readDrawingImage } from "@/lib/demos/read-drawing-image";
import { imageResponse } from "../../../image-response";

/** GET /media/drawings/{drawingId}/{model}: what a model drew for a visitor's prompt. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ drawingId: string; model: string }> },
): Promise<Response> {
  return respond(request, async () => imageResponse(await readDrawingImage(await params), "private"));
}
