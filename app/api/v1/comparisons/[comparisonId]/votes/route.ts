import { z } from "zod";
import { castComparisonVote } from "@/lib/comparisons/cast-comparison-vote";
import { exportComparison } from "@/lib/comparisons/export-comparison";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { comparisonVoteRequest } from "@/lib/schemas/comparisons";
import { TABLE_FORMATS } from "@/lib/tables/table-file";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, readQuery, respond } from "../../../../respond";
import { tableResponse } from "../../../../table-response";

type Context = { params: Promise<{ comparisonId: string }> };

const query = z.object({ format: z.enum(TABLE_FORMATS).default("csv") });

/** POST /api/v1/comparisons/{comparisonId}/votes: count a vote, once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "comparisons.vote");
    const vote = await readBody(request, comparisonVoteRequest);
    await takeTurn("vote", { voterId, address: clientAddress(request.headers) });
    return json(await castComparisonVote({ ...vote, ...(await params), voterId, now: Date.now() }));
  });
}

/** GET /api/v1/comparisons/{comparisonId}/votes?format=csv|jsonl|parquet: all votes, voters under pseudonyms, for who made it. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { format } = readQuery(request, query);
    const { comparisonId } = await params;
    await takeTurn("export", { address: clientAddress(request.headers) });
    const ask = { comparisonId, voterId, format };
    return tableResponse(
      { pieces: await exportComparison(ask), heldBack: 0 },
      `${comparisonId}-votes`,
      format,
    );
  });
}
