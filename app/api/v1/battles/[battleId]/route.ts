import { z } from "zod";
import { withBattleText } from "@/components/arena/failure-text";
import { getBattle } from "@/lib/battles/get-battle";
import { admit } from "../../../admit";
import { json, readQuery, respond } from "../../../respond";

const query = z.object({ token: z.string().max(500) });

/** GET /api/v1/battles/{battleId}?token=: where a live battle stands. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ battleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "battles.take");
    const { battleId } = await params;
    return json(withBattleText(await getBattle({ battleId, ...readQuery(request, query) })));
  });
}
