import { z } from "zod";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../image-response";

const query = z.object({
  size: z.enum(["page", "whole"]).default("page"),
  blurred: z.enum(["yes", "no"]).default("yes"),
});

/** For so long browsers and caches between may show what has been removed since. */
const SHOWN_SECONDS = 300;

/** GET /media/samples/{sampleId}?size=page|whole&blurred=yes|no: a run's sample, re-encoded; "whole" up to 4,096 pixels long, and one that is blurred as it is with "no". */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { sampleId } = await params;
    const { size, blurred } = readQuery(request, query);
    const image = await readSampleImage({ sampleId, size, voterId, sharp: blurred === "no" });
    // Not for good, as other images: its state may change.
    return imageResponse(image, image.isPublic ? "public" : "private", SHOWN_SECONDS);
  });
}
