import { z } from "zod";
import { filterDay, filterText } from "@/lib/schemas/administration/filter-fields";
import { outcome } from "@/lib/schemas/battles";

/** Which votes count: what curators see of them, and change. */

const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_\\w{1,40}$`), "must be an id");

export const VOTE_STANDINGS = ["counted", "held", "excluded"] as const;
export const voteStanding = z.enum(VOTE_STANDINGS);
export type VoteStanding = z.output<typeof voteStanding>;

/** Which votes are listed; an empty text asks for all. Days are UTC's, both included. */
export const voteFilter = z.object({
  /** Slug. */
  board: z.string().trim().min(1).max(100),
  /** By id. */
  voter: filterText(60),
  /** Slug, on either side. */
  model: filterText(200),
  status: voteStanding
    .or(z.literal(""))
    .transform((given) => given || undefined)
    .optional(),
  since: filterDay,
  until: filterDay,
});
export type VoteFilter = z.output<typeof voteFilter>;

/** Of the last vote that was seen: when it was cast, and its id. */
export const voteCursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_\w{1,60}$/, "must be `next` of a page");

const side = z.object({ slug: z.string(), name: z.string() });

export const listedVote = z.object({
  voteId: z.string(),
  at: z.iso.datetime(),
  voter: z.string().describe("Their id."),
  left: side,
  right: side,
  outcome,
  decisionMs: z.number().int().nullable().describe("From the pair to the vote; null: imported."),
  prompt: z.string().nullable().describe("null: the voter's own, which nobody else reads."),
  status: voteStanding,
  reason: z.string().nullable().describe("Why it does not count."),
});
export type ListedVote = z.output<typeof listedVote>;

export const votePage = z.object({
  votes: z.array(listedVote),
  next: z
    .string()
    .nullable()
    .describe(
      "Give it as `before` for the next page, which may have votes though this one has none: a page looks at 5,000 at most. null: this was the last.",
    ),
});
export type VotePage = z.output<typeof votePage>;

/** Longest reason, in UTF-16 units. */
export const LONGEST_VOTE_REASON = 80;

export const voteChange = z
  .object({
    to: z.enum(["excluded", "counted"]),
    votes: z.array(id("vot")).max(200).optional(),
    voters: z.array(id("vtr")).max(50).optional().describe("All votes of these."),
    addressOf: z
      .array(id("vot"))
      .max(50)
      .optional()
      .describe("All votes from the addresses that these came from."),
    networkOf: z.array(id("vot")).max(50).optional().describe("All votes from the networks around them."),
    quarantines: z.array(id("qtn")).max(50).optional().describe("All votes that a rule holds back together."),
    board: z.string().max(100).optional().describe("Slug: only on this board."),
    reason: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_VOTE_REASON)
      .optional()
      .describe("Why; it is public. To count votes again: only those that were excluded for it."),
  })
  .strict()
  .refine(({ to, reason }) => to === "counted" || reason !== undefined, {
    error: "Say why.",
    path: ["reason"],
  })
  .refine(
    ({ votes, voters, addressOf, networkOf, quarantines }) =>
      [votes, voters, addressOf, networkOf, quarantines].some(
        (each) => each !== undefined && each.length > 0,
      ),
    { error: "Say which votes.", path: ["votes"] },
  );
export type VoteChangeRequest = z.output<typeof voteChange>;

export const voteChangeAsked = z.object({
  asked: z.literal(true).describe("A worker does it: a whole board may have to be reckoned anew."),
});

export const heldVotes = z.object({
  id: z.string(),
  board: z.string(),
  rule: z.string(),
  reason: z.string().describe("What the public log says of the votes."),
  group: z.enum(["voter", "address", "network"]),
  voter: z.string().nullable().describe("Where the group is one voter."),
  model: z.string().nullable(),
  evidence: z.record(z.string(), z.number()),
  votes: z.number().int(),
  voters: z.number().int(),
  first: z.iso.datetime(),
  last: z.iso.datetime(),
});
export type HeldVotes = z.output<typeof heldVotes>;
export const heldVoteList = z.object({ quarantines: z.array(heldVotes) });
