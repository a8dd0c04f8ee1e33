import { z } from "zod";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { exportPreferences } from "@/lib/votes/export-preferences";
import { clientAddress } from "../../../client-address";
import { readQuery, respond } from "../../../respond";
import { tableResponse } from "../../../table-response";
import { readVisitor } from "../../../visitor";

const query = z.object({
  board: z.string().max(100),
  format: z.enum(["jsonl", "parquet"]).default("jsonl"),
});

/** GET /api/v1/preferences/export?board=&format=jsonl|parquet: pairs of samples of which people chose one. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { board, format } = readQuery(request, query);
    const voterId = await readVisitor(request);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const table = await exportPreferences({ board, format, by: { voterId } });
    return tableResponse(table, `${board}-preferences`, format);
  });
}
