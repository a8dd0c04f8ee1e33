import { resumeRun } from "@/lib/runs/resume-run";
import { controlRun } from "../control-run";

/** POST /api/v1/runs/{runId}/resume: go on with a run. */
export const POST = controlRun(resumeRun);
