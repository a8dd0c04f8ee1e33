import { readPairImage } from "@/lib/comparisons/read-pair-image";
import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { imageResponse } from "../../../image-response";

/** GET /media/comparisons/{pairId}/{left|right|source-0...}: a part of a pair, for the voter whom it was handed to. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ pairId: string; part: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const image = await readPairImage({ ...(await params), voterId });
    return imageResponse(image, "private");
  });
}
