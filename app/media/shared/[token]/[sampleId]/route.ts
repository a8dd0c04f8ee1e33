import { z } from "zod";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { openRunLink } from "@/lib/runs/run-links";
import { imageResponse } from "../../../image-response";

const query = z.object({ size: z.enum(["page", "whole"]).default("page") });

/** GET /media/shared/{token}/{sampleId}?size=page|whole: a sample of the run that a secret link shows, re-encoded. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ token: string; sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "links.open");
    const { token, sampleId } = await params;
    const { size } = readQuery(request, query);
    const { runId: linkedRun } = await openRunLink(token);
    return imageResponse(await readSampleImage({ sampleId, size, voterId: null, linkedRun }), "private");
  });
}
