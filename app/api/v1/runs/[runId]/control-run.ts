import { withRunTexts } from "@/components/caveat-text";
import { readRun } from "@/lib/pages/read-run";
import { json, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Ask = { runId: string; voterId: string | null };

/** A route that lets a run's submitter change it, and answers with the run as it then stands. */
export function controlRun(change: (ask: Ask) => Promise<void>) {
  return (request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> =>
    respond(request, async () => {
      requireSameOrigin(request);
      const ask = { runId: (await params).runId, voterId: await readVisitor(request) };
      await change(ask);
      return json(withRunTexts(await readRun(ask)));
    });
}
