import type { CompiledMessage } from "icu-minify/format";

export type Compiled = CompiledMessage;
type Node = Exclude<CompiledMessage, string>[number];

const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MARKED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļḿñöþǫŕšţûṽŵẋýž";
const marks = new Map([...PLAIN].map((letter, at) => [letter, [...MARKED][at]]));

/** Unicode's first strong isolate and its end: invisible, they stand around what a message was given to say. */
const BEFORE_VALUE = "\u2068";
const AFTER_VALUE = "\u2069";

const markedText = (text: string): string => [...text].map((letter) => marks.get(letter) ?? letter).join("");

/** A message of the pseudo-language: "Remove {name}" becomes "[Ŕéḿöṽé {name}]". What it is given stays as it is. */
export function marked(message: Compiled): Compiled {
  return typeof message === "string"
    ? `[${markedText(message)}]`
    : ["[", ...message.flatMap(markedNode), "]"];
}

function markedNode(node: Node): Node[] {
  if (typeof node === "string") return [markedText(node)];
  if (typeof node === "number") return [node];
  const [name, kind, ...rest] = node as [string, unknown, ...unknown[]];
  if (kind === undefined || (typeof kind === "number" && kind > 3)) return [BEFORE_VALUE, node, AFTER_VALUE];
  // icu-minify's numbers of a select, a plural and an ordinal.
  if (typeof kind === "number" && kind > 0) return [[name, kind, markedOptions(rest[0])] as Node];
  return [[name, ...[kind, ...rest].flatMap((child) => markedNode(child as Node))] as Node];
}

const markedOptions = (options: unknown): Record<string, Node[]> =>
  Object.fromEntries(
    Object.entries(options as Record<string, Node | Node[]>).map(([option, content]) => [
      option,
      (Array.isArray(content) ? (content as Node[]) : [content]).flatMap(markedNode),
    ]),
  );

const GIVEN = new RegExp(`${BEFORE_VALUE}[^${AFTER_VALUE}]*${AFTER_VALUE}`, "g");
/** The same in every language. */
const UNITS = /(?<=\d\s?)(?:ms|s|min|h|px|[kKMGTP]?B|[kM])\b|\bUTC\b/g;

/** Whether a text of a page in the pseudo-language has letters that no message gave it. */
export const isOutside = (text: string): boolean =>
  /[A-Za-z]/.test(text.replace(GIVEN, "").replace(UNITS, ""));
