import { listQueue } from "@/lib/moderation/list-queue";
import { reportSample } from "@/lib/moderation/report-sample";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { queueQuery, reportRequest } from "@/lib/schemas/moderation";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, readQuery, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/reports: images that wait for a decision, or that one was made on. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "samples.moderate");
    return json(await listQueue(readQuery(request, queueQuery)));
  });
}

/** POST /api/v1/reports: report an image. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "samples.report");
    const report = await readBody(request, reportRequest);
    const { voterId, headers } = await admitVisitor(request, caller);
    await takeTurn("report", { voterId, address: clientAddress(request.headers) });
    const { by } = caller;
    const reported = await reportSample({
      report,
      voterId,
      isSignedIn: by.isSignedIn,
      by: { ...by, voterId },
    });
    return json(reported, { status: reported.isNew ? 201 : 200, headers });
  });
}
