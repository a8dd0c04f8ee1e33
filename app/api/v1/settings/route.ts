import { takeTurn } from "@/lib/rate-limits/take-turn";
import { settingsChange } from "@/lib/schemas/administration/settings";
import { changeSettings, readSettings } from "@/lib/settings/change-settings";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";

/** GET /api/v1/settings */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "settings.see");
    return json(await readSettings());
  });
}

/** POST /api/v1/settings: change some; they hold from the next request on. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "settings.change");
    const change = await readBody(request, settingsChange);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    await changeSettings({ change, by });
    return json(await readSettings());
  });
}
