import { z } from "zod";
import { revision } from "@/lib/schemas/error-response";

/** Reports, and what is decided on images. */

/** What a person may say is wrong with an image, with the words for it. */
export const REPORT_REASONS = {
  sexual: "Sexual content",
  violence: "Violence",
  hate: "Hate",
  private_person: "A real person, without leave",
  copyright: "Copyright or trade mark",
  illegal: "Against the law",
  broken: "No image, or a broken one",
  other: "Something else",
} as const;

/** Why a check holds an image, with the words for it. */
export const CHECK_REASONS = {
  unchecked: "Not checked yet",
  blocked_words: "A word of the prompt is on the site’s list",
  outside_check: "The operator’s check says so",
  check_failed: "The operator’s check did not answer",
} as const;

export type ReportReason = keyof typeof REPORT_REASONS;
export type StateReason = ReportReason | keyof typeof CHECK_REASONS;

export const reportReason = z.enum(Object.keys(REPORT_REASONS) as [ReportReason, ...ReportReason[]]);
const stateReason = z.enum(
  Object.keys({ ...REPORT_REASONS, ...CHECK_REASONS }) as [StateReason, ...StateReason[]],
);

export const sampleState = z.enum(["visible", "held", "blurred", "removed"]);
export type SampleStateName = z.output<typeof sampleState>;

export const reportRequest = z
  .object({
    sampleId: z.string().max(60).optional().describe("A sample that you can see in a gallery; or"),
    battleId: z.string().max(60).optional().describe("a battle that was handed to you, with the side."),
    side: z.enum(["left", "right"]).optional(),
    reason: reportReason,
    text: z.string().trim().max(500).optional().describe("What is wrong with it, in your own words."),
  })
  .strict()
  .refine(
    ({ sampleId, battleId, side }) =>
      (sampleId === undefined) === (battleId !== undefined && side !== undefined),
    { error: "Name a sample, or a battle and its side.", path: ["sampleId"] },
  );
export type ReportRequest = z.output<typeof reportRequest>;

export const reportResult = z.object({
  reportId: z.string().nullable().describe("null: of a battle that you have not voted on yet."),
  isNew: z
    .boolean()
    .describe(
      "false: you have reported this image, and nobody has decided on it yet. Before your vote on its battle always true.",
    ),
});
export type ReportResult = z.output<typeof reportResult>;

export const stateChange = z
  .object({
    state: sampleState,
    reason: reportReason.optional().describe("Why; needed for all but visible."),
    reopens: z
      .boolean()
      .optional()
      .describe("The reports that the last decision ended are open again: to undo it."),
  })
  .strict()
  .refine(({ state, reason }) => state === "visible" || reason !== undefined, {
    error: "Say why.",
    path: ["reason"],
  });
export type StateChange = z.output<typeof stateChange>;

export const stateResult = z.object({
  sampleId: z.string(),
  state: sampleState,
  before: z
    .object({ state: sampleState, reason: stateReason.nullable() })
    .describe("As it was: give it back to undo."),
  images: z.number().int().describe("How many samples were changed: all that have the same bytes."),
});
export type StateResult = z.output<typeof stateResult>;

/** Which images a curator looks through. */
export const QUEUES = ["reported", "held", "blurred", "removed"] as const;
export const queueQuery = z.object({
  queue: z.enum(QUEUES).default("reported"),
  before: z.string().max(60).optional(),
});
export type QueueName = (typeof QUEUES)[number];

const queuedReport = z.object({
  reason: reportReason,
  text: z.string().nullable(),
  reporter: z.enum(["visitor", "account"]),
  at: z.iso.datetime(),
});

export const queuedSample = z.object({
  sampleId: z.string(),
  image: z.string().describe("Address of the image as it is, for curators alone."),
  state: sampleState,
  reason: stateReason.nullable(),
  prompt: z.string(),
  model: z.object({ slug: z.string(), name: z.string() }),
  runId: z.string().nullable().describe("null: drawn for a visitor's own prompt."),
  reports: z.number().int().describe("Open ones."),
  newest: z.array(queuedReport).describe("Of those the newest, ten at most."),
});
export type QueuedSample = z.output<typeof queuedSample>;

export const moderationQueue = z.object({
  samples: z.array(queuedSample),
  next: z.string().nullable().describe("Give it as `before` for the next page; null: this was the last."),
});
export type ModerationQueue = z.output<typeof moderationQueue>;

/** Words that prompts may not have, where visitors type them and of uploads. */
export const blockedWords = z
  .object({
    words: z
      .array(z.string().max(100))
      .max(1_000)
      .describe(
        "Words, or several in a row; * stands for any letters within a word. Case and accents do not matter.",
      ),
  })
  .strict();

export const blockedWordsView = z.object({ words: z.array(z.string()), revision });
export type BlockedWordsView = z.output<typeof blockedWordsView>;
