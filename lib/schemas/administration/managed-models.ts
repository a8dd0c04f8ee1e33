import { z } from "zod";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";

/** Models as admins see and manage them. */

export const managedState = z.enum(["listed", "unlisted", "hidden", "waiting", "rejected"]);

const managedModel = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  creator: z.string(),
  state: managedState.describe(
    "unlisted: private to its submitter, or not scored yet. waiting: for a review.",
  ),
  submittedBy: z.enum(["bundled", "operator", "visitor"]),
  owner: z.string().nullable().describe("Name of the account that submitted it; null: no account did."),
  visitor: z
    .string()
    .nullable()
    .describe("Id of the visitor, so that all of one visitor's can be told; null: no visitor's."),
  endpoint: z.string().nullable().describe("Host and port of its endpoint; null: it has none."),
  ownPromptsPerDay: z
    .number()
    .int()
    .nullable()
    .describe(
      "How often a day visitors' own prompts may call it; null: as often as they like, it is bundled.",
    ),
  run: z.string().nullable().describe("The newest run's state; null: no run."),
  runs: z.number().int(),
  votes: z.number().int(),
  lastFailure: z
    .object({ runId: z.string(), at: z.string().nullable(), failedFor: storedRunFailure.nullable() })
    .nullable()
    .describe("Its newest run that failed."),
  bytes: z.number().describe("Of its images on the disk; what other models share counts for each."),
  submittedAt: z.string(),
});

export const managedModels = z.object({
  models: z.array(managedModel),
  next: z.string().nullable().describe("Give it as `before` for the next page; null: this was the last."),
});

/** Which models are asked for; an empty text asks for all. */
export const managedQuery = z.object({
  state: managedState.or(z.literal("").transform(() => undefined)).optional(),
  find: z.string().trim().max(100).optional(),
  before: z.string().max(60).optional(),
});

/** A change to a model by who manages the site. */
export const managedChange = z.union([
  z.object({ action: z.enum(["approve", "hide", "show", "withdraw", "run"]) }).strict(),
  z
    .object({
      action: z.literal("reject"),
      reason: z.string().trim().min(1, "Say why: its submitter is shown it.").max(500),
    })
    .strict(),
]);

export type ManagedState = z.output<typeof managedState>;
export type ManagedModel = z.output<typeof managedModel>;
export type ManagedModels = z.output<typeof managedModels>;
export type ManagedQuery = z.output<typeof managedQuery>;
export type ManagedChange = z.output<typeof managedChange>;
