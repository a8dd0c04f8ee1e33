import { z } from "zod";
import { respond } from "@/app/api/respond";
import { readDemoImage } from "@/lib/demos/read-demo-image";
import { imageResponse } from "../../../image-response";

const part = z.enum(["image", "filmstrip", "sheet"]);

/** GET /media/demos/{demoId}/{image|filmstrip|sheet}: a demonstration image of /stack, as it was drawn, "sheet" the frames of a clip; `picture` is an older name of `image`. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ demoId: string; part: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { demoId, part: given } = await params;
    return imageResponse(
      await readDemoImage({ id: demoId, part: part.parse(given === "picture" ? "image" : given) }),
      "public",
    );
  });
}
