import { z } from "zod";
import { clip, clipPair, outcome } from "@/lib/schemas/battles";
import { revision } from "@/lib/schemas/error-response";
import { shownName, shownText } from "@/lib/schemas/shown-name";

/** A private vote between chosen runs, as the API and pages have it. */

const FEWEST_RUNS = 2;
export const MOST_RUNS = 8;

/** Which prompts of two runs are listed: all, or those where two of people, judges and the grader speak for different runs. */
export const DISAGREEMENTS = ["all", "people-judges", "people-metrics", "judges-metrics"] as const;

const days = z.number().int().min(1).max(365).nullable().default(30).describe("null: it never ends.");

const settings = z
  .object({
    name: shownName,
    question: z
      .string()
      .trim()
      .max(200)
      .nullable()
      .describe("What voters are asked of a pair; null: which is better overall."),
    pairsPerVoter: z
      .number()
      .int()
      .min(1)
      .max(500)
      .describe("Of how many pairs each voter is asked, if there are as many."),
    showsNames: z.boolean().describe("Whether a voter is told after each vote which run was which."),
  })
  .strict();

export const comparisonCreation = settings.extend({
  question: settings.shape.question.default(null),
  pairsPerVoter: settings.shape.pairsPerVoter.default(50),
  showsNames: settings.shape.showsNames.default(false),
  runs: z
    .array(z.string().max(60))
    .min(FEWEST_RUNS)
    .max(MOST_RUNS)
    .refine((ids) => new Set(ids).size === ids.length, "may name a run once")
    .describe("Ids of runs over one prompt set: your own, or those of listed models."),
  days,
});

export const comparisonChanges = settings
  .extend({ archived: z.boolean().describe("An archived comparison takes no votes; its results stay.") })
  .partial()
  .strict();

export const comparisonInviteCreation = z
  .object({ label: shownText.default("").describe("For whom it is, for your own list."), days })
  .strict();

export const comparisonInvite = z.object({
  id: z.string(),
  label: z.string(),
  guests: z.number().int().describe("Who came by it."),
  expiresAt: z.string().nullable(),
  revoked: z.boolean(),
  createdAt: z.string(),
});

export const newComparisonInvite = comparisonInvite.extend({
  path: z.string().describe("The link, below the site's address. It is shown this once."),
});

export const comparisonInvites = z.object({ invites: z.array(comparisonInvite) });

export const createdComparison = z.object({ comparisonId: z.string(), invite: newComparisonInvite });

export const comparisonSummary = settings.extend({
  comparisonId: z.string(),
  promptSet: z.string().nullable().describe("Its name; null once all runs are gone."),
  runs: z.array(z.object({ runId: z.string(), name: z.string() })),
  votes: z.number().int(),
  voters: z.number().int(),
  archived: z.boolean(),
  createdAt: z.string(),
});

export const comparisonList = z.object({ comparisons: z.array(comparisonSummary) });

export const acceptedComparison = z.object({ comparisonId: z.string() });

/** What a voter is told before and between pairs: nothing of the runs. */
export const votingView = z.object({
  comparisonId: z.string(),
  question: z.string().nullable(),
  isOwner: z.boolean(),
});

const progress = z.object({
  done: z.number().int().describe("Pairs that you have voted on."),
  of: z.number().int().describe("Pairs that you are asked for."),
});

export const pairRequest = z
  .object({
    besides: z.string().max(60).optional().describe("A pair that you have on the screen: another is given."),
  })
  .strict();

export const comparisonPair = z.object({
  pairId: z.string(),
  prompt: z.string(),
  category: z.string(),
  sources: z.array(z.string()).describe("Addresses of the images that were to be edited or animated."),
  left: z.object({ url: z.string() }),
  right: z.object({ url: z.string() }),
  size: z
    .object({ width: z.number().int(), height: z.number().int() })
    .describe("Largest of both images, in pixels."),
  clip: clip
    .nullable()
    .describe(
      "Of two videos: each side's image holds its frames, as many of each; null: the sides are images.",
    ),
  question: z.string().nullable(),
});

export const pairResponse = z.object({
  pair: comparisonPair.nullable().describe("null: you have seen all that you are asked for."),
  progress,
});

export const comparisonVoteRequest = z.object({ pairId: z.string().max(60), outcome }).strict();

export const comparisonVoteResponse = z.object({
  outcome,
  done: z.number().int().describe("Pairs that you have voted on."),
  names: z
    .object({ left: z.string(), right: z.string() })
    .nullable()
    .describe("Which run was which, where the owner lets voters know."),
});

const share = z.object({
  votes: z.number().int(),
  value: z
    .number()
    .describe("Win share of the first run: wins and half of the ties, bad pairs among them, of all votes."),
  low: z.number().describe("95% interval."),
  high: z.number(),
  speaksFor: z
    .array(z.enum(["voters", "prompts"]))
    .describe("Of which others the interval speaks too; of neither: of votes as if each stood alone."),
});

export const comparedPair = z.object({
  first: z.string().describe("Id of a run."),
  second: z.string(),
  votes: z.number().int(),
  voters: z.number().int(),
  prompts: z.number().int(),
  firstWins: z.number().int(),
  secondWins: z.number().int(),
  ties: z.number().int(),
  bothBad: z.number().int(),
  share: share.nullable().describe("null without votes."),
  categories: z.array(z.object({ category: z.string(), share })),
});

export const comparisonResults = comparisonSummary.extend({
  revision,
  ownVotes: z.number().int().describe("Votes of whoever made the comparison."),
  pairs: z.array(comparedPair),
});

const standing = z.object({ value: z.number(), n: z.number().int() });

export const comparedPrompts = z.object({
  first: z.object({ runId: z.string(), name: z.string() }),
  second: z.object({ runId: z.string(), name: z.string() }),
  categories: z.array(z.string()),
  total: z.number().int().describe("Prompts that match, on all pages."),
  offset: z.number().int(),
  pageSize: z.number().int(),
  prompts: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      category: z.string(),
      sources: z.array(z.string()),
      first: z.array(z.object({ sampleId: z.string(), url: z.string() })),
      second: z.array(z.object({ sampleId: z.string(), url: z.string() })),
      clips: z
        .array(clipPair.nullable())
        .describe("Of those at one place of both: how they play in step, if both are videos."),
      people: standing.nullable().describe("Win share of the first run, and votes."),
      judges: standing
        .nullable()
        .describe(
          "By how much judges score the first run higher: mean over the judges and rubrics that have both.",
        ),
      metrics: standing
        .nullable()
        .describe("Share of the first run's samples that the grader finds right, less the second's."),
    }),
  ),
});

export type ComparisonCreation = z.output<typeof comparisonCreation>;
export type ComparisonCreationInput = z.input<typeof comparisonCreation>;
export type ComparisonChanges = z.output<typeof comparisonChanges>;
export type ComparisonInviteCreation = z.output<typeof comparisonInviteCreation>;
export type ComparisonInviteView = z.output<typeof comparisonInvite>;
export type NewComparisonInvite = z.output<typeof newComparisonInvite>;
export type CreatedComparison = z.output<typeof createdComparison>;
export type ComparisonSummary = z.output<typeof comparisonSummary>;
export type ComparisonPair = z.output<typeof comparisonPair>;
export type PairResponse = z.output<typeof pairResponse>;
export type ComparisonVoteResponse = z.output<typeof comparisonVoteResponse>;
export type ComparisonShare = z.output<typeof share>;
export type ComparedPair = z.output<typeof comparedPair>;
export type ComparisonResults = z.output<typeof comparisonResults>;
export type ComparedPrompts = z.output<typeof comparedPrompts>;
export type Disagreement = (typeof DISAGREEMENTS)[number];
export type VotingView = z.output<typeof votingView>;
