import { chosenFormat, FORMATS, timeoutMsOf, type FormatId } from "@/lib/schemas/formats/formats";
import { formResolver } from "@/components/forms/form-resolver";
import { LONGEST_TEST_S } from "@/lib/schemas/endpoint-fields";
import {
  submission,
  type ConnectionTestInput,
  type Submission,
  type SubmissionInput,
} from "@/lib/schemas/submissions";

/** The form as its inputs hold it: text and ticks. */
export type FormValues = {
  name: string;
  creator: string;
  endpointUrl: string;
  /** "": as the address's host says. */
  format: "" | FormatId;
  /** A JSON object. */
  formatOptions: string;
  apiKey: string;
  providerModel: string;
  pricePerImageUsd: string;
  budgetUsd: string;
  openWeights: "" | "yes" | "no";
  releasedAt: string;
  paradigm: string;
  architecture: string;
  representation: string;
  textConditioning: string;
  imageSize: string;
  concurrency: string;
  /** "": as long as the format usually takes. */
  timeoutSeconds: string;
  ownPromptsPerDay: string;
  promptCount: string;
  samplesPerPrompt: string;
  seedPolicy: "per-prompt" | "list" | "none";
  /** Of policy "list": numbers with commas or spaces between them. */
  seeds: string;
  steps: string;
  guidance: string;
  negativePrompt: string;
  /** Of OpenAI's formats: fields of their own among the further ones. */
  quality: string;
  background: string;
  /** A JSON object. */
  extraFields: string;
  /** A JSON object of texts. */
  extraHeaders: string;
  listed: boolean;
  board: string;
};

/** An untouched form. */
export const EMPTY_FORM: FormValues = {
  endpointUrl: "",
  format: "",
  formatOptions: "",
  providerModel: "",
  apiKey: "",
  imageSize: "64x64",
  concurrency: "2",
  timeoutSeconds: "",
  ownPromptsPerDay: "0",
  name: "",
  creator: "",
  pricePerImageUsd: "",
  budgetUsd: "",
  openWeights: "",
  releasedAt: "",
  paradigm: "",
  architecture: "",
  representation: "",
  textConditioning: "",
  promptCount: "",
  samplesPerPrompt: "1",
  seedPolicy: "per-prompt",
  seeds: "",
  steps: "",
  guidance: "",
  negativePrompt: "",
  quality: "",
  background: "",
  extraFields: "",
  extraHeaders: "",
  listed: true,
  board: "text-to-image",
};

const optional = (text: string) => text.trim() || undefined;
/** Text that is not a number becomes NaN, which the schema refuses by name. */
const number = (text: string) => (text.trim() === "" ? undefined : Number(text));

/** Seeds as they were typed; what is no number becomes NaN. */
const seedsOf = ({ seedPolicy, seeds }: Pick<FormValues, "seedPolicy" | "seeds">) =>
  seedPolicy === "list"
    ? seeds
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number)
    : seedPolicy;

/** A JSON value; text that is none stays text, which the schema refuses by name. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The further fields, those with inputs of their own among them. */
function extraFieldsOf(values: FieldInputs): unknown {
  const { quality, background, extraFields } = values;
  const typed = extraFields.trim() === "" ? {} : jsonOf(extraFields);
  const own = { quality: optional(quality), background: optional(background) };
  const isShown = FORMATS[formatOf(values)].background;
  const said = isShown ? Object.entries(own).filter(([, value]) => value !== undefined) : [];
  if (said.length === 0) return extraFields.trim() === "" ? undefined : typed;
  if (typeof typed !== "object" || typed === null || Array.isArray(typed)) return typed;
  return { ...typed, ...(Object.fromEntries(said) as object) };
}
type FieldInputs = Pick<FormValues, "quality" | "background" | "extraFields" | "format" | "endpointUrl">;

/** The format that a form stands for. */
export const formatOf = ({ format, endpointUrl }: Pick<FormValues, "format" | "endpointUrl">): FormatId =>
  chosenFormat(format === "" ? undefined : format, endpointUrl.trim());

/** A body before the schema has seen whether its JSON is an object. */
type AsTyped<Body> = Omit<Body, "extraFields" | "extraHeaders" | "formatOptions"> & {
  extraFields: unknown;
  extraHeaders: unknown;
  formatOptions: unknown;
};

/** The request body that the form stands for; empty inputs are left unsaid. */
function toSubmission(values: FormValues): AsTyped<SubmissionInput> {
  return {
    ...toConnectionTest(values),
    name: values.name,
    creator: values.creator,
    pricePerImageUsd: number(values.pricePerImageUsd),
    budgetUsd: number(values.budgetUsd),
    openWeights: values.openWeights === "" ? undefined : values.openWeights === "yes",
    releasedAt: optional(values.releasedAt),
    paradigm: optional(values.paradigm),
    architecture: optional(values.architecture),
    representation: optional(values.representation),
    textConditioning: optional(values.textConditioning),
    concurrency: number(values.concurrency),
    ownPromptsPerDay: number(values.ownPromptsPerDay),
    promptCount: number(values.promptCount),
    samplesPerPrompt: number(values.samplesPerPrompt),
    listed: values.listed,
    board: values.board,
  };
}

/** What a test call needs of the form, in the order of the page. */
export const TESTED = [
  ...(["endpointUrl", "format", "formatOptions", "providerModel", "apiKey", "imageSize"] as const),
  "timeoutSeconds" as const,
  ...(["seeds", "steps", "guidance", "negativePrompt", "quality"] as const),
  ...(["background", "extraFields", "extraHeaders"] as const),
];

/** The body of a test call. */
export function toConnectionTest(
  values: Pick<FormValues, (typeof TESTED)[number] | "seedPolicy">,
): AsTyped<ConnectionTestInput> {
  return {
    endpointUrl: values.endpointUrl.trim(),
    format: values.format === "" ? undefined : values.format,
    formatOptions: values.formatOptions.trim() === "" ? undefined : jsonOf(values.formatOptions),
    apiKey: optional(values.apiKey),
    providerModel: values.providerModel.trim(),
    imageSize: values.imageSize.trim(),
    timeoutSeconds: number(values.timeoutSeconds),
    seeds: seedsOf(values),
    steps: number(values.steps),
    guidance: number(values.guidance),
    negativePrompt: optional(values.negativePrompt),
    extraFields: extraFieldsOf(values),
    extraHeaders: values.extraHeaders.trim() === "" ? undefined : jsonOf(values.extraHeaders),
  };
}

/** Seconds that a test call of the form waits at most. */
export const longestTest = (values: Pick<FormValues, "format" | "endpointUrl" | "timeoutSeconds">): number =>
  Math.min(LONGEST_TEST_S, timeoutMsOf(number(values.timeoutSeconds), formatOf(values)) / 1000);

export const submissionResolver = formResolver<FormValues, Submission>(toSubmission, submission, {
  name: "Give the model a name.",
  creator: "Say who made it.",
  endpointUrl: "Give the http or https address of the endpoint, such as https://host/v1.",
  providerModel: "Give the name the endpoint knows the model by.",
  pricePerImageUsd: "Give a price in dollars, 0 to 1000, or leave it empty.",
  budgetUsd: "Give US dollars above 0, and the price of an image with them, or leave it empty.",
  concurrency: "Between 1 and 16.",
  timeoutSeconds: "Whole seconds, 10 to 900, or leave it empty.",
  ownPromptsPerDay: "Between 0 and 100,000.",
  promptCount: "Between 1 and 10,000, or leave it empty.",
  samplesPerPrompt: "Between 1 and 16.",
  seeds: "Up to 64 whole numbers from 0 to 2147483647.",
  steps: "A whole number from 1 to 10,000, or leave it empty.",
  guidance: "A number from 0 to 1,000, or leave it empty.",
  negativePrompt: "At most 8,000 characters.",
  extraFields: 'An object of texts, numbers and booleans, such as {"scheduler": "euler"}.',
  extraHeaders: 'An object of texts, such as {"OpenAI-Organization": "org-1234"}.',
  imageSize: "Must look like 1024x1024.",
  releasedAt: "Must be a date.",
});
