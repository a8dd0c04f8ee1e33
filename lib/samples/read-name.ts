import type { FileName } from "@/lib/samples/file-name";
import type { UploadLayout } from "@/lib/schemas/sample-uploads";

/** A prompt as far as files can name it. */
export interface NamedPrompt {
  /** Its number in the set, from 0. */
  index: number;
  key: string | null;
  text: string;
}

/** By what files name prompts, and how the parts of a name are put together. */
type Address = "key" | "index" | "text";
type Shape = "/samples/n" | "/n" | "_n" | "-n" | "";

export interface Candidate {
  layout: UploadLayout;
  address: Address;
  shape: Shape;
}

const SHAPES: readonly Shape[] = ["/samples/n", "/n", "_n", "-n", ""];

/** Samples of one prompt, at most: a longer number in a name is a date or a seed. */
export const MOST_SAMPLES = 1000;

/** What a name says under one layout. */
export type Reading =
  | { kind: "place"; promptIndex: number; sampleIndex: number }
  /** Of a text that several prompts have. */
  | { kind: "several"; said: string }
  | { kind: "unknown"; said: string }
  | { kind: "too_large"; index: number }
  | { kind: "other_shape" };

/** Prompts by what may name them. */
export interface PromptNames {
  candidates: Candidate[];
  find(address: Address, said: string): number[];
}

/**
 * The prompts of a run by key, number and text. Numbers are read as prompts' numbers only where no key is another number: then they are keys.
 */
export function promptNames(prompts: readonly NamedPrompt[]): PromptNames {
  const keys = multimap(prompts.flatMap(({ key, index }) => (key === null ? [] : [[plain(key), index]])));
  const texts = multimap(prompts.map(({ text, index }) => [plain(text), index]));
  const indexes = new Set(prompts.map(({ index }) => index));
  // Keys that number prompts as their places do say nothing of their own.
  const own = prompts.filter(
    ({ key, index }) => key !== null && !(/^\d+$/.test(key) && Number(key) === index),
  );
  const hasOtherNumbers = own.some(({ key }) => /^\d+$/.test(key ?? ""));
  const addresses: Address[] = [
    ...(own.length > 0 ? (["key"] as const) : []),
    ...(hasOtherNumbers ? [] : (["index"] as const)),
    "text",
  ];
  return {
    candidates: addresses.flatMap((address) =>
      SHAPES.map((shape) => ({ layout: `${address}${shape}` as UploadLayout, address, shape })),
    ),
    find(address, said) {
      if (address === "key") return keys.get(said) ?? [];
      if (address === "text") return texts.get(said) ?? [];
      const index = /^\d{1,9}$/.test(said) ? Number(said) : -1;
      return indexes.has(index) ? [index] : [];
    },
  };
}

const plain = (text: string) => text.normalize("NFC").trim();

function multimap(entries: (readonly [string, number] | (string | number)[])[]): Map<string, number[]> {
  const map = new Map<string, number[]>();
  for (const [name, index] of entries as [string, number][]) map.set(name, [...(map.get(name) ?? []), index]);
  return map;
}

/** What a file's name says under a layout. */
export function readName(file: FileName, { address, shape }: Candidate, names: PromptNames): Reading {
  const taken = takeApart(file.parts, shape);
  if (taken === null) return { kind: "other_shape" };
  const said = taken.said.trim();
  const found = names.find(address, said);
  if (found.length === 0) return { kind: "unknown", said };
  if (found.length > 1) return { kind: "several", said };
  if (taken.number >= MOST_SAMPLES) return { kind: "too_large", index: taken.number };
  return { kind: "place", promptIndex: found[0], sampleIndex: taken.number };
}

/** What names the prompt, and the number after it. */
export function takeApart(parts: readonly string[], shape: Shape): { said: string; number: number } | null {
  const base = parts[parts.length - 1];
  switch (shape) {
    case "":
      return { said: base, number: 0 };
    case "_n":
    case "-n": {
      const at = base.lastIndexOf(shape[0]);
      return at < 1 ? null : numbered(base.slice(0, at), base.slice(at + 1));
    }
    case "/n":
      return parts.length < 2 ? null : numbered(parts[parts.length - 2], base);
    case "/samples/n":
      return parts.length < 3 || parts[parts.length - 2] !== "samples"
        ? null
        : numbered(parts[parts.length - 3], base);
  }
}

const numbered = (said: string, digits: string) =>
  /^\d{1,9}$/.test(digits) ? { said, number: Number(digits) } : null;
