import type { PromptProblem, PromptProblemCode } from "@/lib/schemas/prompt-problems";

/** A file of prompts as it came. */
export interface PromptFile {
  name: string;
  bytes: Uint8Array;
}

export const FORMATS = [
  "csv",
  "tsv",
  "jsonl",
  "json",
  "text",
  "text-folder",
  "partiprompts",
  "drawbench",
  "geneval",
  "t2i-compbench",
  "dpg-bench",
  "vbench",
  "hpd",
  "pick-a-pic",
  "gedit",
  "imgedit",
] as const;

export type PromptFormat = (typeof FORMATS)[number];

/** Where in its file a prompt stands. */
export interface Place {
  file: string | null;
  line: number | null;
  entry: number | null;
}

/** A prompt as its file has it. */
export interface FilePrompt {
  key: string;
  text: string;
  category: string;
  tags: string[];
  language: string | null;
  negativePrompt: string | null;
  /** Names of images, or their sha256. */
  sources: string[];
  reference: string | null;
  /** JSON: of Toybox a caption's claims, of others with their format as `kind`. */
  truth: Record<string, unknown> | null;
  metadata: Record<string, unknown> | null;
  place: Place;
}

export interface ParsedPrompts {
  /** Of the first file that holds prompts. */
  format: PromptFormat | null;
  /** In the order of the files. */
  prompts: FilePrompt[];
  /** The first of them, errors before warnings. */
  problems: PromptProblem[];
  errors: number;
  warnings: number;
}

/** UTF-16 units, but for what counts things. */
export const LIMITS = {
  prompt: 8_000,
  key: 200,
  category: 100,
  tag: 100,
  tags: 50,
  language: 35,
  source: 500,
  sources: 20,
  metadata: 16_384,
  truth: 65_536,
} as const;

/** Problems that are told; the others are counted. */
const TOLD = 500;

/** What is found wrong, as it is found. */
export class Problems {
  private readonly told: Record<PromptProblem["severity"], PromptProblem[]> = { error: [], warning: [] };
  errors = 0;
  warnings = 0;

  error(code: PromptProblemCode, place: Place, facts: Facts = {}): void {
    this.errors++;
    this.keep({ code, severity: "error", ...only(place), ...facts });
  }

  warning(code: PromptProblemCode, place: Place, facts: Facts = {}): void {
    this.warnings++;
    this.keep({ code, severity: "warning", ...only(place), ...facts });
  }

  /** Errors first, each kind in the order of the files and of their lines. */
  get list(): PromptProblem[] {
    const { error, warning } = this.told;
    return [...error.sort(byPlace), ...warning.sort(byPlace)].slice(0, TOLD);
  }

  private keep(problem: PromptProblem): void {
    const told = this.told[problem.severity];
    if (told.length < TOLD) told.push(problem);
  }
}

/** Files come in the order of their names. */
function byPlace(a: PromptProblem, b: PromptProblem): number {
  if (a.file !== b.file) return (a.file ?? "") < (b.file ?? "") ? -1 : 1;
  return (a.line ?? a.entry ?? 0) - (b.line ?? b.entry ?? 0);
}

type Facts = Pick<PromptProblem, "column" | "value" | "count" | "limit" | "offset">;

const only = ({ file, line, entry }: Place): Place => ({ file, line, entry });
