import { withRunTexts } from "@/components/runs/run-text";
import { readRun } from "@/lib/pages/read-run";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { setBudget } from "@/lib/runs/money/set-budget";
import { budgetChange } from "@/lib/schemas/costs";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ runId: string }> };

/** POST /api/v1/runs/{runId}/budget: what a run may cost. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "runs.control");
    const { budgetUsd } = await readBody(request, budgetChange);
    const ask = { runId: (await params).runId, ...by };
    await takeTurn("model-change", { voterId: ask.voterId, address: clientAddress(request.headers) });
    await setBudget({ ...ask, budgetUsd });
    return json(withRunTexts(await readRun(ask)));
  });
}
