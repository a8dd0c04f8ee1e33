import { cancelRun } from "@/lib/runs/cancel-run";
import { controlRun } from "../control-run";

/** POST /api/v1/runs/{runId}/cancel: stop a run. */
export const POST = controlRun(cancelRun);
