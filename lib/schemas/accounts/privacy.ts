import { z } from "zod";

const listed = z
  .enum(["keep", "remove"])
  .default("keep")
  .describe(
    "What becomes of models, boards, prompt sets, reference sets and judges that others may see. keep: they stay, as the site's own; remove: they go too, as far as nothing that stays is made of them. Private ones go in any case.",
  );

/** Somebody has their own data erased. */
export const ownErasure = z.strictObject({
  confirm: z.literal("erase", { error: "Say erase to confirm." }).describe("The word erase."),
  password: z.string().max(1_000).optional().describe("Of an account that has one."),
  listed,
});

/** Somebody else's are, at their request. */
export const erasureOfOther = z.strictObject({ confirm: z.literal("erase"), listed });

const outcome = z.object({
  removed: z.number(),
  kept: z.number().describe("As the site's own, without an owner."),
});

/** What an erasure came to. */
export const erasureResult = z.object({
  votes: z.number().describe("Votes that stay, of nobody."),
  things: z.object({
    models: outcome,
    boards: outcome,
    promptSets: outcome,
    references: outcome,
    judges: outcome,
  }),
});

export type OwnErasure = z.output<typeof ownErasure>;
export type ErasureResult = z.output<typeof erasureResult>;

/** How much of somebody is here. */
export type PrivacySummary = {
  votes: number;
  ownPrompts: number;
  models: number;
  boards: number;
  promptSets: number;
  references: number;
  judges: number;
};

/** What the page on privacy tells somebody. */
export type PrivacyPage = {
  /** Whether the browser, or its account, is anybody here yet. */
  isKnown: boolean;
  hasAccount: boolean;
  hasPassword: boolean;
  summary: PrivacySummary;
  /** For how many days what is kept, as the site is set. */
  retention: { addressHashes: number; abandonedBattles: number; sessions: number };
};
