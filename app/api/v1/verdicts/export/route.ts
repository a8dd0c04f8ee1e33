import { z } from "zod";
import { exportVerdicts } from "@/lib/judges/export-verdicts";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { TABLE_FORMATS } from "@/lib/tables/table-file";
import { clientAddress } from "../../../client-address";
import { readQuery, respond } from "../../../respond";
import { tableResponse } from "../../../table-response";
import { readVisitor } from "../../../visitor";

const query = z.object({ board: z.string().max(100), format: z.enum(TABLE_FORMATS).default("csv") });

/** GET /api/v1/verdicts/export?board=&format=csv|jsonl|parquet: what judges said of a board's samples, calls without a verdict too. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { board, format } = readQuery(request, query);
    const voterId = await readVisitor(request);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const table = await exportVerdicts({ board, format, by: { voterId } });
    return tableResponse(table, `${board}-verdicts`, format);
  });
}
