import { readStorage, requestStorage } from "@/lib/administration/read-storage";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { storageRequest } from "@/lib/schemas/administration/storage";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** GET /api/v1/admin/storage: what the disk is used for. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "storage.manage");
    return json(await readStorage());
  });
}

/** POST /api/v1/admin/storage: have it measured, or what nothing refers to collected. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "storage.manage");
    const { action } = await readBody(request, storageRequest);
    await takeTurn("administration", { voterId, address: clientAddress(request.headers) });
    await requestStorage({ action, by });
    return json(await readStorage());
  });
}
