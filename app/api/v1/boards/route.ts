import { createBoard } from "@/lib/board-settings/create-board";
import { listBoards } from "@/lib/boards/list-boards";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { boardCreation } from "@/lib/schemas/boards";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/boards */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ boards: await listBoards({ by }) });
  });
}

/** POST /api/v1/boards: make a board of one's own. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "boards.create");
    const settings = await readBody(request, boardCreation);
    const address = clientAddress(request.headers);
    const { voterId, headers } = await admitVisitor(request, caller);
    await takeTurn("submission", { voterId, address });
    const slug = await createBoard({ settings, by: { ...caller.by, voterId }, address });
    return json({ slug }, { status: 201, headers });
  });
}
