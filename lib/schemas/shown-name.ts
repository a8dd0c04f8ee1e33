import { z } from "zod";

/** What is not seen, or turns the direction of what is: controls, format characters, fillers, selectors, unassigned code points. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]/u;
/** More marks than any script stacks on a letter. */
const STACKED = /\p{M}{4}/u;

/** A short text that stands beside others on pages: no character that cannot be seen, spaces as one plain space. */
export const shownText = z
  .string()
  .normalize("NFC")
  .overwrite((text) => text.replace(/\p{Zs}+/gu, " "))
  .trim()
  .max(80)
  .refine(
    (text) => !UNSEEN.test(text),
    "may not contain characters that are not seen, or that turn the direction of text",
  ) // prettier-ignore
  .refine((text) => !STACKED.test(text), "may not stack marks on a letter");

/** The name of a model, a judge or whoever made it: the same, and something to be read. */
export const shownName = shownText
  .min(1)
  .refine((text) => text === "" || /[\p{L}\p{N}]/u.test(text), "must contain a letter or a digit");
