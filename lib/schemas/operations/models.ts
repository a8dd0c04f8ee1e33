import type { Operation } from "@/lib/schemas/operations/operation";

export const MODELS_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/models/{slug}",
    id: "readModel",
    tag: "Models",
    summary: "Read a model",
    success: { status: 200, description: "Facts, row, samples, head-to-head, rating history, runs." },
    errors: [404],
  },
  {
    method: "delete",
    path: "/api/v1/models/{slug}",
    id: "removeModel",
    tag: "Models",
    summary: "Delete a model of yours",
    description:
      "For good: its endpoint and key at once, its runs, scores and images. Its votes stay in the log, under a row without name.",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404, 429],
  },
  {
    method: "post",
    path: "/api/v1/models/{slug}/withdraw",
    id: "withdrawModel",
    tag: "Models",
    summary: "Take a model of yours out of arena and board",
    description:
      "Only its submitter sees it then, and may publish it again. Its votes stay in the log; the next snapshot is made without it.",
    success: { status: 200, description: "The model as it then stands." },
    errors: [403, 404, 429],
  },
  {
    method: "post",
    path: "/api/v1/models/{slug}/own-prompts",
    id: "allowOwnPrompts",
    tag: "Models",
    summary: "Let visitors' own prompts call a model of yours",
    description: "So many calls a day (UTC) at most; 0, which is how every submitted model begins: none.",
    body: "OwnPrompts",
    success: { status: 200, description: "The model as it then stands." },
    errors: [400, 403, 404, 413, 429],
  },
  {
    method: "post",
    path: "/api/v1/models",
    id: "submitModel",
    tag: "Models",
    summary: "Submit a model",
    description:
      "Starts a run over the board's prompts at once. Keep the cookie: only its holder controls the run.",
    body: "Submission",
    success: { status: 201, description: "The model and its run.", schema: "SubmissionResult" },
    errors: [400, 403, 404, 409, 413, 429, 503],
  },
  {
    method: "post",
    path: "/api/v1/models/test",
    id: "testConnection",
    tag: "Models",
    summary: "Try an endpoint",
    description: "Generates one sample and stores nothing.",
    body: "ConnectionTest",
    success: { status: 200, description: "What happened.", schema: "ConnectionTestResult" },
    errors: [400, 403, 413, 429],
  },
];
