import { z } from "zod";

/** Fields of a form that filters a list: an empty one asks for all. */

/** A text of at most so many UTF-16 units. */
export const filterText = (most: number) => z.string().trim().max(most).transform((given) => given || undefined).optional(); // prettier-ignore

/** A day of UTC. */
export const filterDay = z.iso
  .date("must be a day such as 2026-11-30")
  .or(z.literal(""))
  .transform((given) => given || undefined)
  .optional();
