import { z } from "zod";
import { exportEvents } from "@/lib/audit/export-events";
import { listEvents } from "@/lib/audit/list-events";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { auditFilter, eventNumber } from "@/lib/schemas/accounts/audit";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readQuery, respond } from "../../respond";
import { tableResponse } from "../../table-response";

const PAGE = 100;
const query = auditFilter.extend({
  before: eventNumber.optional(),
  format: z.enum(["json", "csv", "jsonl"]).default("json"),
});

/** GET /api/v1/audit: who changed what, a page at a time or all of it as a file. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "audit.see");
    const { format, before, ...filter } = readQuery(request, query);
    if (format === "json") return json(await listEvents({ filter, before, limit: PAGE }));
    await takeTurn("export", { address: clientAddress(request.headers) });
    return tableResponse({ pieces: exportEvents({ filter, format }), heldBack: 0 }, "audit", format);
  });
}
