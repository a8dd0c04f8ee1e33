import type { Operation } from "@/lib/schemas/operations/operation";

export const RUNS_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/runs/{runId}",
    id: "getRun",
    tag: "Runs",
    summary: "Read a run",
    success: { status: 200, description: "Progress, samples, failures, metrics.", schema: "Run" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/runs/{runId}/examination",
    id: "examineRun",
    tag: "Runs",
    summary: "Read what a run's samples look like",
    description:
      "Further metrics with intervals, the sample-size curve, neighbours among the reference images, and input forensics.",
    success: { status: 200, description: "The examination.", schema: "RunExamination" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/runs/{runId}/compare",
    id: "compareRuns",
    tag: "Runs",
    summary: "Set a run against another",
    description:
      "Over the prompts that both have answered, paired by prompt, at equal n. Alignment is there at once; where the two did not answer the same prompts the other metrics are `needed` until they are asked for by POST.",
    query: [{ name: "against", required: true, description: "Id of the other run." }],
    success: {
      status: 200,
      description: "Differences with intervals; none where the protocols differ.",
      schema: "RunComparison",
    },
    errors: [400, 404, 409],
  },
  {
    method: "get",
    path: "/api/v1/runs/{runId}/beside",
    id: "showRunsBeside",
    tag: "Runs",
    summary: "Show a run's samples beside another's",
    description:
      "The prompts that both have answered, twelve a page, with at most four samples of each run, what judges gave them, and the grader's word. Of listed models, samples of prompts in the arena are left out.",
    query: [
      { name: "against", required: true, description: "Id of the other run." },
      { name: "category", description: "Only prompts of this category." },
      { name: "sort", description: "prompt unless told.", values: ["prompt", "disagreement"] },
      { name: "offset", description: "How many prompts to skip." },
    ],
    success: { status: 200, description: "A page of prompts.", schema: "RunsBeside" },
    errors: [400, 404],
  },
  {
    method: "post",
    path: "/api/v1/runs/{runId}/compare",
    id: "requestComparison",
    tag: "Runs",
    summary: "Have a comparison computed",
    query: [{ name: "against", required: true, description: "Id of the other run." }],
    success: { status: 200, description: "The comparison as it stands.", schema: "RunComparison" },
    errors: [400, 403, 404, 409, 429],
  },
  ...(["cancel", "resume", "publish", "rescore"] as const).map((verb): Operation => ({
    method: "post",
    path: `/api/v1/runs/{runId}/${verb}`,
    id: `${verb}Run`,
    tag: "Runs",
    summary: {
      cancel: "Stop a run",
      resume: "Go on with a run",
      publish: "List a scored run's model",
      rescore: "Score a published run under the encoders and references in use now",
    }[verb],
    success: { status: 200, description: "The run as it then stands.", schema: "Run" },
    errors: [403, 404, 409],
  })),
];
