import { z } from "zod";
import { compareRuns } from "@/lib/evaluation/compare-runs";
import { json, readQuery, respond } from "../../../../respond";
import { readVisitor } from "../../../../visitor";

const query = z.object({ against: z.string().max(60) });

/** GET /api/v1/runs/{runId}/compare?against=: this run minus another, metric by metric, where protocols allow it. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { runId } = await params;
    const { against } = readQuery(request, query);
    return json(await compareRuns({ runId, against, voterId: await readVisitor(request) }));
  });
}
