import { withRunTexts } from "@/components/runs/run-text";
import { readRun } from "@/lib/pages/read-run";
import { admit, type Caller } from "../../../admit";
import { json, respond } from "../../../respond";

type Ask = { runId: string } & Caller["by"];

/** A route that lets a run's submitter change it, and answers with the run as it then stands. */
export function controlRun(change: (ask: Ask) => Promise<void>) {
  return (request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> =>
    respond(request, async () => {
      const { by } = await admit(request, "runs.control");
      const ask = { runId: (await params).runId, ...by };
      await change(ask);
      return json(withRunTexts(await readRun(ask)));
    });
}
