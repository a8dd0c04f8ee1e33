import { z } from "zod";

/** How a fit reads ties: as half wins, or by a model that predicts them. */
export const tieModel = z.enum(["half", "davidson", "four"]);

export type TieModel = z.output<typeof tieModel>;
