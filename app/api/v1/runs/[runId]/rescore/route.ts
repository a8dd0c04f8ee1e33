import { requestRescore } from "@/lib/scoring/request-rescore";
import { controlRun } from "../control-run";

/** POST /api/v1/runs/{runId}/rescore: score a published run under the encoders and references that are in use now. */
export const POST = controlRun(requestRescore);
