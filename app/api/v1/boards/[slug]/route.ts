import { editBoard } from "@/lib/board-settings/edit-board";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { boardChanges } from "@/lib/schemas/boards";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/boards/{slug}: its settings, for who may change them. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const by = { voterId: await readVisitor(request) };
    return json(await readBoardSettings({ slug: (await params).slug, by }));
  });
}

/** POST /api/v1/boards/{slug}: change some of them, or archive it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const changes = await readBody(request, boardChanges);
    const { slug } = await params;
    const voterId = await readVisitor(request);
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    await editBoard({ slug, changes, by: { voterId } });
    return json(await readBoardSettings({ slug, by: { voterId } }));
  });
}
