import { readBlockedWords, setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { blockedWords } from "@/lib/schemas/moderation";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** GET /api/v1/moderation/words: what prompts may not have. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "settings.see");
    return json(await readBlockedWords());
  });
}

/** POST /api/v1/moderation/words: set the list. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "settings.change");
    const { words } = await readBody(request, blockedWords);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    await setBlockedList({ list: words, by });
    return json(await readBlockedWords());
  });
}
