import { z } from "zod";
import { revision } from "@/lib/schemas/error-response";
import { CRITERIA } from "@/lib/schemas/criteria";
import { criterion } from "@/lib/schemas/criterion";
import { runParameters } from "@/lib/schemas/run-parameters";
import { shownName, shownText } from "@/lib/schemas/shown-name";

/** The bodies of making and changing boards. /api/openapi.json is made from these. */

export const boardTask = z.enum(["text-to-image", "text-to-video", "image-edit"]);
export const boardAudience = z
  .enum(["everyone", "signed-in", "invited"])
  .describe("signed-in: who has an account here, and who is invited.");
export const guestRole = z.enum(["voter", "submitter", "editor"]);

const slug = z.string().min(1).max(100);

/** Longest and shortest side of a battle's image in pixels. */
export const LONGEST_SIDE = 4096;
export const SHORTEST_SIDE = 16;

const imageSize = z
  .string()
  .regex(/^[1-9]\d{1,3}x[1-9]\d{1,3}$/, "must look like 1024x1024")
  .refine(
    (size) => size.split("x").every((side) => +side >= SHORTEST_SIDE && +side <= LONGEST_SIDE),
    `must be ${SHORTEST_SIDE} to ${LONGEST_SIDE} pixels a side`,
  )
  .describe("Largest size in which battles show both sides, such as 1024x1024.");

const settings = z
  .object({
    name: shownName,
    description: z.string().trim().max(500),
    promptSet: slug.describe("Slug of a prompt set. It is fixed once the board has votes."),
    furtherPromptSets: z
      .array(slug)
      .max(9)
      .describe(
        "Slugs of further prompt sets: battles are over the prompts of all, metrics over one set at a time. Once the board has votes it may get more, and loses none.",
      ),
    question: z
      .string()
      .trim()
      .max(200)
      .nullable()
      .describe("What voters are asked of a pair; null: which is better overall."),
    criteria: z.array(criterion).max(CRITERIA.length).describe("What voters may also be asked of a pair."),
    size: imageSize,
    fit: z
      .enum(["same", "own"])
      .describe(
        "same: both sides in the board's size, so that none is told by it; own: each in its own, scaled down to the board's size where it is larger, never up.",
      ),
    aspectTolerance: z
      .number()
      .min(0)
      .max(0.5)
      .describe("How far a sample's width / height may be from the board's, as a share of it."),
    seenBy: boardAudience,
    votedBy: boardAudience,
    submittedBy: boardAudience,
    listing: z
      .enum(["automatic", "approved"])
      .describe("Whether a model joins once it is scored, or when who runs the board has let it on."),
    livePrompts: z.boolean().describe("Whether voters may have two models generate for their own prompt."),
    countsLiveVotes: z
      .boolean()
      .describe(
        "Whether votes on voters' own prompts enter the board's ratings; otherwise they count apart, in the category live alone.",
      ),
    provisionalVotes: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .describe("A model with fewer votes is marked as provisional."),
    metrics: z
      .array(
        z
          .object({
            encoder: z.string().max(64).describe("Name of a bundled or installed encoder."),
            reference: z
              .string()
              .max(60)
              .nullable()
              .describe("Id of a reference set under it; null: none, and no distance."),
          })
          .strict(),
      )
      .max(4)
      .refine(
        (metrics) => new Set(metrics.map(({ encoder }) => encoder)).size === metrics.length,
        "may name an encoder once",
      ),
    judges: z.array(slug).max(5).describe("Slugs of judges: your own, and those that cost nothing."),
  })
  .strict();

/** What a new board has unless it is told otherwise: private, its owner's alone to submit to. */
export const boardCreation = settings
  .extend({
    task: boardTask.default("text-to-image"),
    slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, "must be letters a-z, digits and hyphens")
      .optional()
      .describe("The operator's boards alone: others get one made from the name."),
    description: settings.shape.description.default(""),
    furtherPromptSets: settings.shape.furtherPromptSets.default([]),
    question: settings.shape.question.default(null),
    criteria: settings.shape.criteria.default([]),
    size: settings.shape.size.default("1024x1024"),
    fit: settings.shape.fit.default("same"),
    aspectTolerance: settings.shape.aspectTolerance.default(0.02),
    seenBy: boardAudience.default("invited"),
    votedBy: boardAudience.default("invited"),
    submittedBy: boardAudience.default("invited"),
    listing: settings.shape.listing.default("automatic"),
    livePrompts: settings.shape.livePrompts.default(false),
    countsLiveVotes: settings.shape.countsLiveVotes.default(false),
    provisionalVotes: settings.shape.provisionalVotes.default(30),
    metrics: settings.shape.metrics.default([]),
    judges: settings.shape.judges.default([]),
  })
  .strict();

/** Any of the settings; those that are not given stay. */
export const boardChanges = settings
  .partial()
  .extend({
    version: z
      .number()
      .int()
      .describe("The version that was edited: a board that was changed since is not overwritten."),
    archived: z.boolean().optional().describe("Whether it takes votes and models no more."),
  })
  .strict();

export const boardSettings = settings.extend({
  slug,
  task: boardTask,
  version: revision,
  archived: z.boolean(),
  role: z.enum(["owner", "editor"]).describe("What who asks is to the board."),
  promptSetNames: z.array(z.string()).describe("Of the first prompt set and of the further ones."),
  prompts: z.number().int(),
  votes: z.number().int(),
});

export const boardMember = z.object({
  model: z.string().describe("Slug."),
  name: z.string(),
  creator: z.string(),
  state: z.enum(["waiting", "member", "removed"]),
  listed: z.boolean().describe("Whether everyone may see the model."),
  votes: z.number().int(),
  run: z.string().nullable().describe("The run chosen to stand for it here; null: the best."),
  runs: z
    .array(
      z.object({
        runId: z.string(),
        label: z.string().nullable(),
        promptSet: z.string().nullable().describe("Name of its prompt set, on a board over several."),
        parameters: runParameters
          .nullable()
          .describe("What its endpoint is asked for; null: uploaded samples."),
        state: z.string(),
        samples: z.number().int(),
        createdAt: z.string(),
      }),
    )
    .describe("Its runs over the board's prompts, newest first."),
});

export const boardMembers = z.object({ members: z.array(boardMember) });

/** Let a model on, take it off, or choose the run that stands for it. */
export const memberChange = z
  .object({
    state: z.enum(["member", "removed"]).optional(),
    run: z.string().max(60).nullable().optional().describe("A published run of the model; null: the best."),
  })
  .strict()
  .refine(({ state, run }) => state !== undefined || run !== undefined, "says nothing to change");

export const inviteCreation = z
  .object({
    role: guestRole.default("voter"),
    label: shownText.default("").describe("For whom it is, for your own list."),
    days: z.number().int().min(1).max(365).nullable().default(30).describe("null: it never ends."),
  })
  .strict();

export const boardInvite = z.object({
  id: z.string(),
  role: guestRole,
  label: z.string(),
  guests: z.number().int().describe("Who came by it."),
  expiresAt: z.string().nullable(),
  revoked: z.boolean(),
  createdAt: z.string(),
});

export const newInvite = boardInvite.extend({
  path: z.string().describe("The link, below the site's address. It is shown this once."),
});

export const inviteAcceptance = z
  .object({ token: z.string().max(100).describe("The last part of the link.") })
  .strict();

/** The board that somebody came onto. */
export const acceptedInvite = z.object({ board: z.string().describe("Slug."), name: z.string() });

export const createdBoard = z.object({ slug: z.string() });

export const boardInvites = z.object({ invites: z.array(boardInvite) });

export type BoardCreation = z.output<typeof boardCreation>;
export type BoardCreationInput = z.input<typeof boardCreation>;
export type BoardChanges = z.output<typeof boardChanges>;
export type BoardSettings = z.output<typeof boardSettings>;
export type BoardMemberView = z.output<typeof boardMember>;
export type MemberChange = z.output<typeof memberChange>;
export type InviteCreation = z.output<typeof inviteCreation>;
export type BoardInviteView = z.output<typeof boardInvite>;
export type NewInvite = z.output<typeof newInvite>;
