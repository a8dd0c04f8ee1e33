import { z } from "zod";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../image-response";

const query = z.object({ size: z.enum(["page", "whole"]).default("page") });

/** GET /media/samples/{sampleId}?size=page|whole: a run's sample, re-encoded; "whole" up to 4,096 pixels long. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { sampleId } = await params;
    const { size } = readQuery(request, query);
    const image = await readSampleImage({ sampleId, size, voterId });
    return imageResponse(image, image.isPublic ? "public" : "private");
  });
}
