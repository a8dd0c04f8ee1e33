import { listBoards } from "@/lib/boards/list-boards";
import { json, respond } from "../../respond";

/** GET /api/v1/boards */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => json({ boards: await listBoards() }));
}
