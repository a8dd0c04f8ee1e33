import { z } from "zod";
import { readPromptImage } from "@/lib/prompts/read-prompt-image";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../../image-response";

const query = z.object({ size: z.enum(["page", "whole"]).default("page") });

/** GET /media/prompts/{promptId}/{reference|source-0...}?size=page|whole: an image that a prompt comes with, re-encoded. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ promptId: string; part: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { size } = readQuery(request, query);
    const image = await readPromptImage({ ...(await params), by, size });
    return imageResponse(image, image.isPublic ? "public" : "private");
  });
}
