import { z } from "zod";
import { respond } from "@/app/api/respond";
import { readDemoImage } from "@/lib/demos/read-demo-image";
import { imageResponse } from "../../../image-response";

const part = z.enum(["picture", "filmstrip"]);

/** GET /media/demos/{demoId}/{picture|filmstrip}: a demonstration picture of /stack, as it was drawn. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ demoId: string; part: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { demoId, part: given } = await params;
    return imageResponse(await readDemoImage({ id: demoId, part: part.parse(given) }), "public");
  });
}
