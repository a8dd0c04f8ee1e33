import { cancelRun } from "@/lib/evaluation/cancel-run";
import { controlRun } from "../control-run";

/** POST /api/v1/runs/{runId}/cancel: stop a run. */
export const POST = controlRun(cancelRun);
