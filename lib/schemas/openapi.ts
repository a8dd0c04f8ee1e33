import { z } from "zod";
import * as api from "@/lib/schemas/api";
import * as examination from "@/lib/schemas/examination";
import * as judging from "@/lib/schemas/judging";

/** Bodies by the name they have in the document. Everything else refers to them. */
const COMPONENTS = {
  BattleRequest: api.battleRequest,
  Battle: api.battleResponse,
  VoteRequest: api.voteRequest,
  VoteResult: api.voteResponse,
  Leaderboard: api.leaderboardResponse,
  WeightedBoard: api.weightedBoardResponse,
  Submission: api.submission,
  SubmissionResult: api.submissionResponse,
  ConnectionTest: api.connectionTest,
  ConnectionTestResult: api.connectionTestResponse,
  Run: api.runResponse,
  RunExamination: examination.runExamination,
  RunComparison: examination.runComparison,
  ReferenceSet: examination.referenceSet,
  ReferenceList: examination.referenceList,
  JudgeSubmission: judging.judgeSubmission,
  JudgeTest: judging.judgeTest,
  JudgeTestResult: judging.judgeTestResponse,
  JudgeChange: judging.judgeChange,
  JudgeList: judging.judgeList,
  Error: api.errorResponse,
} as const satisfies Record<string, z.ZodType>;

type ComponentName = keyof typeof COMPONENTS;

type Operation = {
  method: "get" | "post" | "delete";
  path: string;
  id: string;
  tag: "Arena" | "Leaderboard" | "Models" | "Runs" | "References" | "Judges";
  summary: string;
  description?: string;
  /** {name} of the path are added by themselves. */
  query?: { name: string; required?: boolean; description: string; values?: readonly string[] }[];
  body?: ComponentName;
  /** The body is a file of one of these types. */
  upload?: string[];
  success: { status: 200 | 201 | 204; description: string; schema?: ComponentName; mediaTypes?: string[] };
  errors: (keyof typeof ERRORS)[];
};

const ERRORS = {
  400: "The request is wrong: `field` says where.",
  401: "The battle token is stale or was not made here.",
  403: "Not yours: a token of another battle or voter, a run of another submitter, a foreign origin.",
  404: "There is no such thing.",
  409: "Not now: the arena has too few models, the battle is still generating, or the state forbids it.",
  413: "The body is too large.",
  502: "The endpoint did not do what it was asked.",
  429: "Too many at once: `Retry-After` says how many seconds to wait.",
} as const;

const CATEGORY = {
  name: "category",
  description: "Cut to prompts of one category; the board lists its categories.",
};

const OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/battles",
    id: "createBattle",
    tag: "Arena",
    summary: "Get a battle",
    description:
      "Two images of one prompt by two models that are not named. The two addresses are relative to the site. Browsers are recognised by a cookie, so that no image comes twice while others remain; clients without it are someone new each time. With `prompt` of your own, the battle is live: poll it until it is ready.",
    body: "BattleRequest",
    success: { status: 201, description: "The battle.", schema: "Battle" },
    errors: [400, 403, 404, 409, 413, 429],
  },
  {
    method: "get",
    path: "/api/v1/battles/{battleId}",
    id: "getBattle",
    tag: "Arena",
    summary: "Poll a live battle",
    query: [{ name: "token", required: true, description: "The token the battle came with." }],
    success: { status: 200, description: "The battle as it stands.", schema: "Battle" },
    errors: [400, 401, 403, 404],
  },
  {
    method: "post",
    path: "/api/v1/votes",
    id: "castVote",
    tag: "Arena",
    summary: "Vote",
    description:
      "Counts once: the same battle again is answered with the stored result, whatever the outcome and the criteria then say.",
    body: "VoteRequest",
    success: {
      status: 200,
      description: "Who made the images, and how the vote moved them.",
      schema: "VoteResult",
    },
    errors: [400, 401, 403, 404, 409, 413, 429],
  },
  {
    method: "get",
    path: "/api/v1/votes/export",
    id: "exportVotes",
    tag: "Arena",
    summary: "Download the vote log",
    description:
      "All votes in the order they were applied: model_a (left), model_b (right), winner, judge (a pseudonym), tstamp, prompt, category, excluded (why a vote is left out of the ratings; empty: it counts), winner_aesthetics, winner_prompt_following, winner_motion.",
    query: [
      { name: "board", required: true, description: "Slug of the board." },
      { name: "snapshot", description: "Only the votes behind this snapshot, as it saw them." },
      { name: "format", description: "csv unless told.", values: ["csv", "jsonl"] },
    ],
    success: { status: 200, description: "The log.", mediaTypes: ["text/csv", "application/jsonl"] },
    errors: [400, 404, 429],
  },
  {
    method: "get",
    path: "/api/v1/boards",
    id: "listBoards",
    tag: "Leaderboard",
    summary: "List the boards",
    success: { status: 200, description: "{boards: [{slug, name, description}]}" },
    errors: [],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}",
    id: "readLeaderboard",
    tag: "Leaderboard",
    summary: "Read a board",
    query: [
      CATEGORY,
      {
        name: "style",
        description: "controlled: ratings with how the pictures look held equal.",
        values: ["as-voted", "controlled"],
      },
      { name: "judge", description: "Slug of one of `judges`: ratings by people and its verdicts together." },
      { name: "own", description: "Columns of your own: name=formula;name=formula over `numbers`." },
      { name: "format", description: "json unless told.", values: ["json", "csv"] },
    ],
    success: {
      status: 200,
      description: "The board's newest snapshot, row by row.",
      schema: "Leaderboard",
      mediaTypes: ["text/csv"],
    },
    errors: [400, 404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/history",
    id: "readRatingHistory",
    tag: "Leaderboard",
    summary: "Ratings over time",
    query: [CATEGORY],
    success: { status: 200, description: "{models, points: [{createdAt, votes, ratings}]}" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/analysis",
    id: "readBoardAnalysis",
    tag: "Leaderboard",
    summary: "Win rates, other methods, fragility, power",
    query: [CATEGORY],
    success: { status: 200, description: "{models, pairs, methods, fragility, power, notes}" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/weights",
    id: "readWeightedBoard",
    tag: "Leaderboard",
    summary: "A board by your own weights",
    description:
      "Each criterion has a fit of its own; the board mixes them by the weights given, with the errors that they share. All weight on one criterion is that criterion's fit. Without weights: overall alone.",
    query: [
      CATEGORY,
      { name: "overall", description: "Weight of which is better overall, at least 0." },
      { name: "aesthetics", description: "Weight, where the board asks about it." },
      { name: "prompt_following", description: "Weight, where the board asks about it." },
      { name: "motion", description: "Weight, where the board asks about it." },
    ],
    success: { status: 200, description: "The board by these weights.", schema: "WeightedBoard" },
    errors: [400, 404],
  },
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
      "Further metrics with intervals, the sample-size curve, neighbours among the reference pictures, and input forensics.",
    success: { status: 200, description: "The examination.", schema: "RunExamination" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/runs/{runId}/compare",
    id: "compareRuns",
    tag: "Runs",
    summary: "Set a run against another",
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
    path: "/api/v1/references",
    id: "listReferences",
    tag: "References",
    summary: "List the reference sets",
    success: { status: 200, description: "The sets.", schema: "ReferenceList" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/references",
    id: "uploadReference",
    tag: "References",
    summary: "Upload a reference set",
    description:
      "The body is the file: a .zip or .tar of PNG, JPEG and WebP pictures, or a .npz of statistics (mu, sigma). A worker builds the set; poll it. Its pictures are shown to its owner only.",
    query: [
      { name: "name", required: true, description: "What it is called." },
      { name: "encoder", description: "toybox-encoder unless told." },
      { name: "n", description: "Samples behind a .npz, where known." },
    ],
    upload: ["application/octet-stream"],
    success: { status: 201, description: "{id}" },
    errors: [400, 403, 409, 413, 429],
  },
  {
    method: "get",
    path: "/api/v1/references/{referenceId}",
    id: "readReference",
    tag: "References",
    summary: "Read a reference set",
    success: { status: 200, description: "The set.", schema: "ReferenceSet" },
    errors: [404],
  },
  {
    method: "delete",
    path: "/api/v1/references/{referenceId}",
    id: "removeReference",
    tag: "References",
    summary: "Remove a reference set of your own",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404, 409],
  },
  {
    method: "get",
    path: "/api/v1/references/{referenceId}/statistics",
    id: "exportStatistics",
    tag: "References",
    summary: "Download mean and covariance",
    description: "A .npz of float64 mu [d] and sigma [d, d], as pytorch-fid's tools read it.",
    success: {
      status: 200,
      description: "The archive.",
      mediaTypes: ["application/octet-stream"],
    },
    errors: [404, 409, 429],
  },
  {
    method: "get",
    path: "/api/v1/judges",
    id: "listJudges",
    tag: "Judges",
    summary: "List the judges",
    description: "Every judge with its rubrics, what it has said, what it cost and how far it is.",
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
      "Any OpenAI-compatible vision chat endpoint. It is tried first, then judges the published runs of listed models.",
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
    description: "Asks for one verdict on a drawn picture; nothing is stored.",
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
  ...(["cancel", "resume", "publish"] as const).map((verb): Operation => ({
    method: "post",
    path: `/api/v1/runs/{runId}/${verb}`,
    id: `${verb}Run`,
    tag: "Runs",
    summary: {
      cancel: "Stop a run",
      resume: "Go on with a run",
      publish: "List a scored run's model",
    }[verb],
    success: { status: 200, description: "The run as it then stands.", schema: "Run" },
    errors: [403, 404, 409],
  })),
];

/** The API as an OpenAPI 3.1 document, made from the very schemas that check its bodies. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Salon",
      version: "1",
      description:
        "Blind battles, votes, leaderboards and evaluation runs of models that generate images. Errors are {error: {code, message, field}}.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(COMPONENTS).map(([name, schema]) => [
          name,
          z.toJSONSchema(schema, { io: name.endsWith("Request") || isInput(name) ? "input" : "output" }),
        ]),
      ),
    },
  };
}

/** Whether clients send it: then defaults are optional. */
const isInput = (name: string) =>
  ["Submission", "ConnectionTest", "JudgeSubmission", "JudgeTest", "JudgeChange"].includes(name);

const reference = (name: ComponentName) => ({ $ref: `#/components/schemas/${name}` });

function describe(operation: Operation) {
  const { success, query = [], body, upload } = operation;
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const content = {
    ...(success.schema && { "application/json": { schema: reference(success.schema) } }),
    ...Object.fromEntries((success.mediaTypes ?? []).map((type) => [type, { schema: { type: "string" } }])),
    ...(!success.schema && !success.mediaTypes && { "application/json": { schema: { type: "object" } } }),
  };
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    parameters: [
      ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      ...query.map(({ name, required = false, description, values }) => ({
        name,
        in: "query",
        required,
        description,
        schema: { type: "string", ...(values && { enum: values }) },
      })),
    ],
    requestBody: body
      ? { required: true, content: { "application/json": { schema: reference(body) } } }
      : upload && {
          required: true,
          content: Object.fromEntries(
            upload.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
          ),
        },
    responses: {
      [success.status]: { description: success.description, content },
      ...Object.fromEntries(
        operation.errors.map((status) => [
          status,
          { description: ERRORS[status], content: { "application/json": { schema: reference("Error") } } },
        ]),
      ),
    },
  };
}
