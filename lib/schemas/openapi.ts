import { z } from "zod";
import { ACTIONS, type Action, type ActionRow } from "@/lib/access/actions";
import { ACCOUNT_OPERATIONS } from "@/lib/schemas/operations/account";
import { ADMINISTRATION_OPERATIONS } from "@/lib/schemas/operations/administration";
import { ARENA_OPERATIONS } from "@/lib/schemas/operations/arena";
import { BOARDS_OPERATIONS } from "@/lib/schemas/operations/boards";
import { COMPARISONS_OPERATIONS } from "@/lib/schemas/operations/comparisons";
import { JUDGES_OPERATIONS } from "@/lib/schemas/operations/judges";
import { LEADERBOARD_OPERATIONS } from "@/lib/schemas/operations/leaderboard";
import { MODERATION_OPERATIONS } from "@/lib/schemas/operations/moderation";
import { MODELS_OPERATIONS } from "@/lib/schemas/operations/models";
import { REFERENCES_OPERATIONS } from "@/lib/schemas/operations/references";
import { PROMPT_SETS_OPERATIONS } from "@/lib/schemas/operations/prompt-sets";
import { RUNS_OPERATIONS } from "@/lib/schemas/operations/runs";
import { SAMPLES_OPERATIONS } from "@/lib/schemas/operations/samples";
import { STACK_OPERATIONS } from "@/lib/schemas/operations/stack";
import { WEBHOOKS_OPERATIONS } from "@/lib/schemas/operations/webhooks";
import { PEOPLE_OPERATIONS } from "@/lib/schemas/operations/people";
import { COMPONENTS, ERRORS, type ComponentName, type Operation } from "@/lib/schemas/operations/operation";

/** Every operation, by noun. */
export const OPERATIONS: readonly Operation[] = [
  ...ARENA_OPERATIONS,
  ...BOARDS_OPERATIONS,
  ...LEADERBOARD_OPERATIONS,
  ...MODELS_OPERATIONS,
  ...RUNS_OPERATIONS,
  ...COMPARISONS_OPERATIONS,
  ...SAMPLES_OPERATIONS,
  ...MODERATION_OPERATIONS,
  ...PROMPT_SETS_OPERATIONS,
  ...REFERENCES_OPERATIONS,
  ...JUDGES_OPERATIONS,
  ...STACK_OPERATIONS,
  ...WEBHOOKS_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
  ...PEOPLE_OPERATIONS,
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
        "Blind battles, votes, leaderboards and evaluation runs of models that generate images. Errors are {error: {code, message, field}}. What is edited has a `revision`: a change that gives it back in If-Match does not overwrite what somebody else saved since, but is answered with 409 and who changed it when; a change without it is made to the newest.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "salon.session_token",
          description: "An account that has signed in.",
        },
        visitor: {
          type: "apiKey",
          in: "cookie",
          name: "salon_voter",
          description: "A visitor without an account.",
        },
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "A token of an account, made at /account/tokens. An operation names the scope that it needs.",
        },
      },
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
  [
    "TokenCreation",
    "RunLinkCreation",
    "SiteSettingsChange",
    "QueueChange",
    "StorageAction",
    "ManagedChange",
    "Submission",
    "ConnectionTest",
    "JudgeSubmission",
    "JudgeTest",
    "JudgeChange",
    "ComparisonCreation",
    "ComparisonInviteCreation",
  ].includes(name);

const reference = (name: ComponentName) => ({ $ref: `#/components/schemas/${name}` });

/** Ways to be known to an operation; an empty one: none is needed. */
function securityOf(action: Action) {
  const { least, opened, scope }: ActionRow = ACTIONS[action];
  return [
    ...(least === "VISITOR" || opened !== undefined ? [{}, { visitor: [] }] : []),
    { session: [] },
    ...(scope === "none" ? [] : [{ token: scope === null ? [] : [scope] }]),
  ];
}

/** Every operation may ask for an account or another token. */
const errorsOf = ({ errors }: Operation) => [...new Set([...errors, 401, 403] as const)].sort();

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
    security: securityOf(operation.action),
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
        errorsOf(operation).map((status) => [
          status,
          { description: ERRORS[status], content: { "application/json": { schema: reference("Error") } } },
        ]),
      ),
    },
  };
}
