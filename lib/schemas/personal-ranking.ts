import { z } from "zod";

/** A board's ranking by the caller's own votes. */
export const personalRanking = z.object({
  board: z.string().describe("The board's name."),
  votes: z.number().int().describe("The caller's, on models that stand on the board."),
  needed: z.number().int().describe("Votes until there are rows; 0: there are."),
  rows: z.array(
    z.object({
      model: z.string().describe("Slug."),
      name: z.string(),
      rating: z.number(),
      ratingLow: z.number().describe("95% interval."),
      ratingHigh: z.number(),
      rank: z.number().int(),
      rankLow: z.number().int().describe("The best rank that the votes cannot exclude."),
      rankHigh: z.number().int(),
      votes: z.number().int().describe("The caller's on this model."),
      boardRating: z.number().nullable(),
      boardRank: z
        .number()
        .int()
        .nullable()
        .describe("Among these models by everybody's votes; null: the board does not rank it."),
    }),
  ),
});

export type PersonalRanking = z.output<typeof personalRanking>;
