import { exportOwn } from "@/lib/privacy/export-own";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { exportResponse } from "../../../export-response";
import { respond } from "../../../respond";

/** GET /api/v1/privacy/export: everything that is one's own, as a file. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "privacy.export");
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    return exportResponse(await exportOwn({ voterId, now: Date.now() }));
  });
}
