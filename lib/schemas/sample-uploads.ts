import { z } from "zod";
import { storedUploadFailure } from "@/lib/schemas/reasons/upload-failure";
import { shownName, shownText } from "@/lib/schemas/shown-name";

/** Uploads of samples: their bodies, how files name prompts, and what is wrong with a file that did not fit. */

/** How the files of an upload name their prompts: decided once for all of them. */
export const UPLOAD_LAYOUTS = {
  manifest: "a manifest says which file is which sample",
  "key/n": "a folder for each prompt's key, with files named by number",
  "key/samples/n": "a folder for each prompt's key, with numbered files in samples/",
  key_n: "files named by the prompt's key, an underscore and a number",
  "key-n": "files named by the prompt's key, a hyphen and a number",
  key: "files named by the prompt's key",
  "index/n": "a folder for each prompt's number (from 0), with files named by number",
  "index/samples/n": "a folder for each prompt's number (from 0), with numbered files in samples/",
  index_n: "files named by the prompt's number (from 0), an underscore and a number",
  "index-n": "files named by the prompt's number (from 0), a hyphen and a number",
  index: "files named by the prompt's number (from 0)",
  "text/n": "a folder for each prompt's text, with files named by number",
  "text/samples/n": "a folder for each prompt's text, with numbered files in samples/",
  text_n: "files named by the prompt's text, an underscore and a number",
  "text-n": "files named by the prompt's text, a hyphen and a number",
  text: "files named by the prompt's text",
} as const;

export type UploadLayout = keyof typeof UPLOAD_LAYOUTS;

export type ProblemDetails = Record<string, string | number>;

/** What a code of a problem means, in a sentence that says what to do. */
const PROBLEMS = {
  not_media: () => "Neither an image nor a video by its name.",
  unknown_prompt: ({ said }) => `No prompt of this run is called ${quoted(said)}.`,
  wrong_layout: ({ layout }) => `Its name is not built like the others' (${layout}).`,
  ambiguous_name: ({ one, other }) =>
    `Its name can be read as ${one} or as ${other}. Name the files in another way, or add a manifest.`,
  ambiguous_text: ({ said }) =>
    `More than one prompt of this run is ${quoted(said)}. Name the file by the prompt's key or number, or add a manifest.`,
  two_files: ({ others }) => `It is for the same prompt and number as ${others}; neither is taken.`,
  index_too_large: ({ index, most }) =>
    `It would be sample ${index} of its prompt; at most ${most} are taken.`,
  counted_from_one: () =>
    "The numbers begin with 1, but prompts are numbered from 0. Number them from 0, or add a manifest.",
  not_in_manifest: () => "The manifest does not name it.",
  missing_file: () => "The manifest names it, but the upload does not hold it.",
  bad_row: ({ line, what }) => `Line ${line} of the manifest: ${what}.`,
  not_an_image: () => "No PNG, JPEG or WebP image.",
  not_a_video: () => "No video, GIF or animated WebP.",
  damaged: ({ why }) => String(why),
  too_large: ({ why }) => String(why),
  other_bytes: () =>
    "This sample of the run is there already with other bytes. Upload to a new run to have both.",
} as const satisfies Record<string, (details: ProblemDetails) => string>;

const quoted = (text: unknown) => JSON.stringify(String(text));

export type ProblemCode = keyof typeof PROBLEMS;

/** A file of an upload that did not become a sample. */
export interface FileProblem {
  name: string;
  code: ProblemCode;
  details: ProblemDetails;
}

/** The sentence of a problem; its code alone where that is of another version of Salon. */
export function problemSentence(code: string, details: ProblemDetails): string {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode](details) : code;
}

/** A tebibyte: more than any site takes, and far below where numbers lose digits. */
const MOST_BYTES = 2 ** 40;

/** Begin an upload of samples: of a model that is new here, or to a run that is there. */
export const sampleUploadRequest = z
  .object({
    file: z.string().min(1).max(300).describe("What the archive is called; its content decides what it is."),
    bytes: z.number().int().min(1).max(MOST_BYTES).describe("Its length."),
    runId: z
      .string()
      .max(100)
      .optional()
      .describe("A run of uploaded samples that these belong to; then nothing of the following is read."),
    model: z
      .string()
      .max(100)
      .optional()
      .describe(
        "Slug of a model of one's own, which gets another run: of other settings, or over other prompts.",
      ),
    name: shownName.optional().describe("The name of a new model; needed without runId and model."),
    creator: shownName.optional().describe("Who made a new model; needed without runId and model."),
    board: z
      .string()
      .max(100)
      .optional()
      .describe(
        "Slug of the board that the model joins; its prompt set is the run's, of several the first unless promptSet says which.",
      ),
    promptSet: z
      .string()
      .max(100)
      .optional()
      .describe("Slug of the prompt set; needed without runId and board."),
    kind: z
      .enum(["image", "video"])
      .optional()
      .describe("What the samples are; what the prompt set's board is about unless told."),
    label: shownText.nullish().describe("What tells this run from others of the model."),
    promptCount: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("The run goes over the first so many prompts of the set; all of them unless told."),
    listed: z
      .boolean()
      .default(false)
      .describe("Whether the model joins arena and leaderboard once it is scored."),
  })
  .strict();

export const uploadState = z.enum(["RECEIVING", "READING", "DONE", "FAILED"]);

export const sampleUpload = z.object({
  uploadId: z.string(),
  runId: z.string(),
  model: z.string().describe("The model's slug."),
  name: z.string(),
  state: uploadState,
  failedFor: storedUploadFailure
    .nullable()
    .describe("Why it came to nothing; a text where an earlier release stored one."),
  sha256: z.string().nullable(),
  bytes: z.number(),
  receivedBytes: z.number(),
  bytesUrl: z
    .string()
    .describe("Where its bytes go, by the tus protocol 1.0.0: HEAD says how many are here, PATCH adds some."),
  layout: z.string().nullable().describe("How its files name their prompts, decided once for all."),
  files: z.number().int().nullable(),
  checked: z.number().int().describe("Files looked at so far."),
  added: z.number().int(),
  same: z.number().int().describe("Samples that were there already, with the same bytes."),
  passedOver: z.number().int().describe("What operating systems leave beside files."),
  problemCount: z.number().int(),
  problems: z
    .array(z.object({ name: z.string(), code: z.string(), message: z.string() }))
    .describe("The first files that did not fit, each with the reason."),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** The same as the API gives it: with its code in words. */
export const sampleUploadResponse = sampleUpload.extend({
  failureReason: z.string().nullable().describe("`failedFor` in words."),
});

/** What a visitor who uploads samples chooses from. */
export interface UploadChoices {
  /** Largest file; 0: the site takes none. */
  mostBytes: number;
  promptSets: { slug: string; name: string; prompts: number; kind: "image" | "video" }[];
  /** Models of one's own, which may get further runs. */
  models: { slug: string; name: string }[];
  /** Runs of one's own that may take further samples. */
  runs: { runId: string; label: string | null; model: string }[];
  /** Uploads of one's own whose bytes have not all come. */
  open: SampleUploadView[];
}

export type SampleUploadRequest = z.output<typeof sampleUploadRequest>;
export type SampleUploadInput = z.input<typeof sampleUploadRequest>;
export type SampleUploadResponse = z.output<typeof sampleUploadResponse>;
export type SampleUploadView = z.output<typeof sampleUpload>;
