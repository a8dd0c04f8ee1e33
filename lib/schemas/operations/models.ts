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
    method: "post",
    path: "/api/v1/models",
    id: "submitModel",
    tag: "Models",
    summary: "Submit a model",
    description:
      "Starts a run over the board's prompts at once. Keep the cookie: only its holder controls the run.",
    body: "Submission",
    success: { status: 201, description: "The model and its run.", schema: "SubmissionResult" },
    errors: [400, 403, 404, 409, 413, 429],
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
