import { z } from "zod";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { exportPreferences } from "@/lib/votes/export-preferences";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { readQuery, respond } from "../../../respond";
import { tableResponse } from "../../../table-response";

const query = z.object({
  board: z.string().max(100),
  format: z.enum(["jsonl", "parquet"]).default("jsonl"),
});

/** GET /api/v1/preferences/export?board=&format=jsonl|parquet: pairs of samples of which people chose one. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "site.read");
    const { board, format } = readQuery(request, query);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const table = await exportPreferences({ board, format, by });
    return tableResponse(table, `${board}-preferences`, format);
  });
}
