import type { Operation } from "@/lib/schemas/operations/operation";

export const JUDGES_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/judges",
    id: "listJudges",
    tag: "Judges",
    summary: "List the judges",
    description:
      "Every judge with its rubrics, what it has said and how far it is; visitors' judges that the operator has not admitted are shown to their owner only, and so is what a judge costs.",
    success: { status: 200, description: "The judges, and the rubrics.", schema: "JudgeList" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/judges",
    id: "addJudge",
    tag: "Judges",
    summary: "Add a judge",
    description:
      "Any OpenAI-compatible vision chat endpoint. It is tried first, then judges the published runs of your own models, for you alone; once the operator has admitted it, those of the board's models, for everybody.",
    body: "JudgeSubmission",
    success: { status: 201, description: "{judgeId, slug}" },
    errors: [400, 403, 409, 413, 429, 502],
  },
  {
    method: "post",
    path: "/api/v1/judges/test",
    id: "testJudge",
    tag: "Judges",
    summary: "Try a judge",
    description: "Asks for one verdict on a drawn image; nothing is stored.",
    body: "JudgeTest",
    success: { status: 200, description: "What it said and can do.", schema: "JudgeTestResult" },
    errors: [400, 403, 413, 429],
  },
  {
    method: "post",
    path: "/api/v1/judges/{judgeId}",
    id: "changeJudge",
    tag: "Judges",
    summary: "Pause a judge, let it go on, or change its budget",
    body: "JudgeChange",
    success: { status: 200, description: "The judges as they then stand.", schema: "JudgeList" },
    errors: [400, 403, 404, 409],
  },
  {
    method: "delete",
    path: "/api/v1/judges/{judgeId}",
    id: "removeJudge",
    tag: "Judges",
    summary: "Remove a judge with all it has said",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404],
  },
  {
    method: "get",
    path: "/api/v1/verdicts/export",
    id: "exportVerdicts",
    tag: "Judges",
    summary: "Download the verdicts of judges",
    description:
      "What judges said of a board's samples, one row a call: kind (sample or pair), judge, judge_creator, rubric, question_set_version, prompt_key, prompt, category, model_a, run_a, sample_a, model_b, run_b, sample_b (of a pair, A was shown first; order 2: the same pair the other way round), score, choice, preference, no_verdict (why there is none; never a score of 0), message and cost_usd (only of your own judges), created_at. Samples of prompts in the arena are left out for everyone but who runs the board; the header X-Rows-Held-Back says how many rows.",
    query: [
      { name: "board", required: true, description: "Slug of the board." },
      { name: "format", description: "csv unless told.", values: ["csv", "jsonl", "parquet"] },
    ],
    success: {
      status: 200,
      description: "The verdicts.",
      mediaTypes: ["text/csv", "application/jsonl", "application/vnd.apache.parquet"],
    },
    errors: [400, 404, 429],
  },
];
