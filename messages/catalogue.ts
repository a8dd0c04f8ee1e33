import compile from "icu-minify/compile";
import { PSEUDO_LANGUAGE, type Language } from "@/lib/schemas/languages";
import { AREAS, type Area, type Messages } from "@/messages/areas";
import { marked, type Compiled } from "@/messages/pseudo-language";

/** Messages of an area, by key, keys within keys. */
export type Texts = { [key: string]: string | Texts };
type CompiledTexts = { [key: string]: Compiled | CompiledTexts };

const catalogues = new Map<Language, Promise<Messages>>();

/**
 * All messages of a language, read and compiled once: browsers and the server format them without a parser. English stands in for
 * what a language lacks. The type is that of the English files; what it holds is what next-intl's formatter takes.
 */
export function catalogueOf(language: Language): Promise<Messages> {
  const known = catalogues.get(language) ?? read(language);
  catalogues.set(language, known);
  return known;
}

async function read(language: Language): Promise<Messages> {
  const areas = await Promise.all(AREAS.map(async (area) => [area, await readArea(language, area)] as const));
  return Object.fromEntries(areas) as unknown as Messages;
}

async function readArea(language: Language, area: Area): Promise<CompiledTexts> {
  const english = compiled(await textsOf("en", area));
  if (language === PSEUDO_LANGUAGE) return mapTexts(english, marked);
  return language === "en" ? english : withEnglish(english, compiled(await textsOf(language, area)));
}

/** The messages as their files have them. */
export const textsOf = async (language: string, area: Area): Promise<Texts> =>
  ((await import(`./${language}/${area}.json`)) as { default: Texts }).default;

/** Plain objects throughout: React hands no others to the browser. */
const compiled = (texts: Texts): CompiledTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === "string" ? (JSON.parse(JSON.stringify(compile(value))) as Compiled) : compiled(value),
    ]),
  );

const isTexts = (value: Compiled | CompiledTexts | undefined): value is CompiledTexts =>
  typeof value === "object" && !Array.isArray(value);

/** A language's messages, in English where it has none. */
export function withEnglish(english: CompiledTexts, own: CompiledTexts): CompiledTexts {
  return Object.fromEntries(
    Object.entries(english).map(([key, value]) => {
      const given = own[key];
      return [key, isTexts(value) && isTexts(given) ? withEnglish(value, given) : (given ?? value)];
    }),
  );
}

const mapTexts = (texts: CompiledTexts, change: (message: Compiled) => Compiled): CompiledTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      isTexts(value) ? mapTexts(value, change) : change(value),
    ]),
  );
