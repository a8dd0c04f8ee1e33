/** The languages that the site speaks, by their subtag, as each calls itself. */
export const LANGUAGE_NAMES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  zh: "简体中文",
  ja: "日本語",
} as const;

export type OfferedLanguage = keyof typeof LANGUAGE_NAMES;

/** English with every letter marked: what is not marked on a page stands outside of the catalogue. Never offered. */
export const PSEUDO_LANGUAGE = "en-XA";

export type Language = OfferedLanguage | typeof PSEUDO_LANGUAGE;

export const OFFERED_LANGUAGES = Object.keys(LANGUAGE_NAMES) as OfferedLanguage[];

/** Where a browser remembers the language that was chosen. */
export const LANGUAGE_COOKIE = "language";

const isOffered = (tag: string | undefined): tag is OfferedLanguage =>
  tag !== undefined && Object.hasOwn(LANGUAGE_NAMES, tag);

/**
 * The language of an answer: the one that was chosen, else the best that the browser asks for, else English.
 * @param chosen the cookie's value
 * @param accepted an Accept-Language header, RFC 9110, 12.5.4
 * @param withPseudo whether the pseudo-language may be chosen
 */
export function languageFor(
  chosen: string | undefined,
  accepted: string | null | undefined,
  withPseudo = false,
): Language {
  if (withPseudo && chosen === PSEUDO_LANGUAGE) return PSEUDO_LANGUAGE;
  if (isOffered(chosen)) return chosen;
  return (accepted ?? "").split(",").map(rangeOf).sort(byWeight).map(subtagOf).find(isOffered) ?? "en";
}

type Range = { tag: string; weight: number };

function rangeOf(text: string): Range {
  const [tag, ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

/** Equal weights stay in their order. */
const byWeight = (one: Range, other: Range) => other.weight - one.weight;

/** "de-AT" is answered in German; what has no weight is not wanted. */
const subtagOf = ({ tag, weight }: Range): string | undefined => (weight > 0 ? tag.split("-")[0] : undefined);
