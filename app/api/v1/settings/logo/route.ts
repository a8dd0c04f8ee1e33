import type { Actor } from "@/lib/audit/actor";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { readSettings } from "@/lib/settings/change-settings";
import { changeLogo, LOGO_MAX_BYTES } from "@/lib/settings/logo";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { readBytes } from "../../../read-bytes";
import { json, respond } from "../../../respond";

async function mayChange(request: Request): Promise<Actor> {
  const { voterId, by } = await admit(request, "settings.change");
  await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
  return by;
}

/** POST /api/v1/settings/logo: the body is the image. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const by = await mayChange(request);
    await changeLogo({ bytes: await readBytes(request, LOGO_MAX_BYTES), by });
    return json(await readSettings());
  });
}

/** DELETE /api/v1/settings/logo: Salon's mark again. */
export function DELETE(request: Request): Promise<Response> {
  return respond(request, async () => {
    await changeLogo({ bytes: null, by: await mayChange(request) });
    return json(await readSettings());
  });
}
