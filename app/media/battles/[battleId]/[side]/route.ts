import { z } from "zod";
import { readBattleImage } from "@/lib/battles/read-battle-image";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../../image-response";

const query = z.object({
  s: z.string().max(100),
  size: z.enum(["board", "original"]).default("board"),
});

/**
 * GET /media/battles/{battleId}/{left|right|source-0...}?s=&size=board|original: a part of a battle, at the address its response gave
 * out; after the vote a side in its own size too.
 */
export function GET(
  request: Request,
  { params }: { params: Promise<{ battleId: string; side: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { battleId, side: part } = await params;
    const { s: signature, size } = readQuery(request, query);
    const image = await readBattleImage({ battleId, part, signature, size });
    return imageResponse(image, "private");
  });
}
