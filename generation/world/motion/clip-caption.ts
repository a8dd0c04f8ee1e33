import { MOTIONS, type Clip, type ClipTruth } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";

/**
 * The grammar of clips:
 *   caption := actor {"," actor} ["and" actor] ["on a" background "background"]
 *   actor   := ("a" | "an") [colour] kind [motion]
 * After "moves left behind" and "moves right behind" comes the actor in front, without "and".
 */

const article = (words: string) => (/^[aeiou]/.test(words) ? "an" : "a");
const isBehind = (motion: string | null) => motion?.endsWith("behind") ?? false;

/** What the clip's caption claims; what is marked unsaid is null. */
export function clipTruth(clip: Clip): ClipTruth {
  return {
    objects: clip.objects.map(({ kind, colour, motion, said }) => ({
      kind,
      colour: said.colour ? colour : null,
      motion: said.motion ? motion : null,
    })),
    background: clip.background.said.colour ? clip.background.colour : null,
  };
}

/** Puts a claim about a clip into words. */
export function clipCaptionFromTruth(truth: ClipTruth): string {
  const actors = truth.objects.map(({ kind, colour, motion }) => {
    const name = [...(colour ? [colour] : []), kind].join(" ");
    return [article(name), name, ...(motion ? [motion] : [])].join(" ");
  });
  const subject = actors.reduce((said, actor, index) => {
    if (isBehind(truth.objects[index - 1].motion)) return `${said} ${actor}`;
    return index === actors.length - 1 ? `${said} and ${actor}` : `${said}, ${actor}`;
  });
  if (!truth.background) return subject;
  return `${subject} on ${article(truth.background)} ${truth.background} background`;
}

/** The clip's caption in words. */
export const clipCaption = (clip: Clip): string => clipCaptionFromTruth(clipTruth(clip));

/** Longest first: "moves left behind" is not "moves left" and then something else. */
const MOTIONS_TO_READ = [...MOTIONS].sort((a, b) => b.length - a.length);

/** Reads a caption of the grammar back into what it claims, or null where the text is not of the grammar. */
export function parseClipCaption(text: string): ClipTruth | null {
  const words = text.toLowerCase().replaceAll(",", " , ").split(/\s+/).filter(Boolean);
  let at = 0;
  const take = (...expected: string[]) => {
    if (!expected.every((word, offset) => words[at + offset] === word)) return false;
    at += expected.length;
    return true;
  };
  const oneOf = <T extends string>(options: readonly T[]) =>
    options.find((option) => take(...option.split(" "))) ?? null;
  const objects: ClipTruth["objects"] = [];
  do {
    if (!take("a") && !take("an")) return null;
    const colour = oneOf(COLOURS);
    const kind = oneOf(OBJECT_KINDS);
    if (!kind) return null;
    objects.push({ kind, colour, motion: oneOf(MOTIONS_TO_READ) });
  } while (objects.length < 3 && (isBehind(objects[objects.length - 1].motion) || take(",") || take("and")));
  if (isBehind(objects[objects.length - 1].motion)) return null;
  let background: ClipTruth["background"] = null;
  if (take("on")) {
    if (!take("a") && !take("an")) return null;
    background = oneOf(BACKGROUNDS);
    if (!background || !take("background")) return null;
  }
  return at === words.length ? { objects, background } : null;
}
