import { editBoard } from "@/lib/board-settings/edit-board";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { boardChanges } from "@/lib/schemas/boards";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/boards/{slug}: its settings, for who may change them. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json(await readBoardSettings({ slug: (await params).slug, by }));
  });
}

/** POST /api/v1/boards/{slug}: change some of them, or archive it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "boards.edit");
    const changes = await readBody(request, boardChanges);
    const { slug } = await params;
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    await editBoard({ slug, changes, by });
    return json(await readBoardSettings({ slug, by }));
  });
}
