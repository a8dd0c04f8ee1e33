import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  RELATIONS,
  type Background,
  type CaptionTruth,
  type Colour,
  type ObjectKind,
  type Relation,
  type Scene,
} from "@/lib/schemas/stack/scene";

/**
 * The caption grammar:
 *   caption  := phrase [relation phrase | {"," phrase} "and" phrase] ["on a" background "background"]
 *   phrase   := ("a" | "an") [colour] kind | ("two" | "three") [colour] kinds
 *   relation := "left of" | "right of" | "above" | "below" | "with" | "reading" (before a book: another way to say "with")
 */

const PLURALS: Partial<Record<ObjectKind, string>> = { fish: "fish" };
export const COUNT_WORDS = ["a", "two", "three"] as const;

/** The kind's noun for a count of 1, 2 or 3. */
export function noun(kind: ObjectKind, count: number): string {
  return count === 1 ? kind : (PLURALS[kind] ?? `${kind}s`);
}

/** What the scene's caption claims; attributes marked unsaid are null. */
export function captionTruth(scene: Scene): CaptionTruth {
  const objects: CaptionTruth["objects"] = [];
  for (const { kind, colour, said } of scene.objects) {
    const same = objects.find((object) => object.kind === kind);
    if (same) same.count += 1;
    else objects.push({ kind, colour: said.colour ? colour : null, count: 1 });
  }
  const { background } = scene;
  return { objects, relation: scene.relation, background: background.said.colour ? background.colour : null };
}

function phrase({ kind, colour, count }: CaptionTruth["objects"][number]): string {
  const words = [...(colour ? [colour] : []), noun(kind, count)].join(" ");
  if (count > 1) return `${COUNT_WORDS[count - 1]} ${words}`;
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

/** Puts a claim into words. `reading` says "reading" for "with" where the second object is a book. */
export function captionFromTruth(truth: CaptionTruth, reading = true): string {
  const phrases = truth.objects.map(phrase);
  const relation =
    truth.relation === "with" && reading && truth.objects[1].kind === "book" ? "reading" : truth.relation;
  const subject = relation
    ? `${phrases[0]} ${relation} ${phrases[1]}`
    : phrases.length < 3
      ? phrases.join(" and ")
      : `${phrases.slice(0, -1).join(", ")} and ${phrases[phrases.length - 1]}`;
  if (!truth.background) return subject;
  return `${subject} on ${/^[aeiou]/.test(truth.background) ? "an" : "a"} ${truth.background} background`;
}

/** The scene's caption in words. */
export function caption(scene: Scene, reading = true): string {
  return captionFromTruth(captionTruth(scene), reading);
}

/** Reads a caption of the grammar back into what it claims, or null where the text is not of the grammar. */
export function parseCaption(text: string): CaptionTruth | null {
  const words = text.toLowerCase().replaceAll(",", " , ").split(/\s+/).filter(Boolean);
  let at = 0;
  const take = (...expected: string[]) => {
    if (!expected.every((word, offset) => words[at + offset] === word)) return false;
    at += expected.length;
    return true;
  };
  const oneOf = <T extends string>(options: readonly T[], form: (option: T) => string = (option) => option) =>
    options.find((option) => take(...form(option).split(" "))) ?? null;
  const article = () => take("a") || take("an");
  const object = () => {
    const count = article() ? 1 : take("two") ? 2 : take("three") ? 3 : 0;
    if (count === 0) return null;
    const colour: Colour | null = oneOf(COLOURS);
    const kind: ObjectKind | null = oneOf(OBJECT_KINDS, (name) => noun(name, count));
    return kind && { kind, colour, count };
  };

  const objects: CaptionTruth["objects"] = [];
  let relation: Relation | null = null;
  do {
    const next = object();
    if (!next) return null;
    objects.push(next);
    const said: Relation | null = take("reading") ? "with" : oneOf(RELATIONS);
    if (said && (relation || objects.length > 1)) return null;
    relation ??= said;
    if (said) continue;
    if (!take(",") && !take("and")) break;
  } while (objects.length < 3);
  let background: Background | null = null;
  if (take("on")) {
    if (!article()) return null;
    background = oneOf(BACKGROUNDS);
    if (!background || !take("background")) return null;
  }
  const complete = at === words.length && (relation === null || objects.length === 2);
  return complete ? { objects, relation, background } : null;
}
