import { z } from "zod";
import { TABLE_FORMATS, TABLE_MEDIA_TYPES } from "@/lib/tables/table-file";
import { exportVotes } from "@/lib/votes/export-votes";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { readQuery, respond } from "../../../respond";
import { streamOf } from "../../../stream-of";
import { seenBoard } from "../../../seen-board";

const query = z.object({
  board: z.string().max(100),
  snapshot: z.string().max(60).optional(),
  format: z.enum(TABLE_FORMATS).default("csv"),
});

/** GET /api/v1/votes/export?board=&snapshot=&format=csv|jsonl|parquet: the votes, voters under pseudonyms, those left out marked. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { board, snapshot, format } = readQuery(request, query);
    await takeTurn("export", { address: clientAddress(request.headers) });
    await seenBoard(by, board);
    const pieces = await exportVotes({ board, snapshot, format });
    return new Response(streamOf(pieces), {
      headers: {
        "content-type": TABLE_MEDIA_TYPES[format],
        "content-disposition": `attachment; filename="${encodeURIComponent(snapshot ?? board)}-votes.${format}"`,
        "cache-control": "no-store",
      },
    });
  });
}
