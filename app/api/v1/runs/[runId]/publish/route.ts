import { publishModel } from "@/lib/runs/publish-model";
import { controlRun } from "../control-run";

/** POST /api/v1/runs/{runId}/publish: list the run's model, now or once it is scored. */
export const POST = controlRun(publishModel);
