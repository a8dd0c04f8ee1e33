import { z } from "zod";
import { exportVerdicts } from "@/lib/judges/export-verdicts";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { TABLE_FORMATS } from "@/lib/tables/table-file";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { readQuery, respond } from "../../../respond";
import { tableResponse } from "../../../table-response";

const query = z.object({ board: z.string().max(100), format: z.enum(TABLE_FORMATS).default("csv") });

/** GET /api/v1/verdicts/export?board=&format=csv|jsonl|parquet: what judges said of a board's samples, calls without a verdict too. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "site.read");
    const { board, format } = readQuery(request, query);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const table = await exportVerdicts({ board, format, by });
    return tableResponse(table, `${board}-verdicts`, format);
  });
}
