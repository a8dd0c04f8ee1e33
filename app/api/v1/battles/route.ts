import { withBattleText } from "@/components/arena/failure-text";
import { createBattle } from "@/lib/battles/create-battle";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { battleRequest } from "@/lib/schemas/battles";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/battles: hand out a battle. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "battles.take");
    const { board, prompt } = await readBody(request, battleRequest);
    if (prompt !== undefined) await admit(request, "prompts.ask");
    const { voterId, headers } = await admitVisitor(request, caller);
    const kind = prompt === undefined ? "battle" : "live-battle";
    const address = clientAddress(request.headers);
    await takeTurn(kind, { voterId, address });
    return json(withBattleText(await createBattle({ ...caller.by, board, voterId, address, prompt })), {
      status: 201,
      headers,
    });
  });
}
