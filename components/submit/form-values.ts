import type { useTranslations } from "next-intl";
import { formResolver } from "@/components/forms/form-resolver";
import {
  formatOf,
  fromBillions,
  jsonOf,
  number,
  optional,
  runWords,
  toRunParameters,
} from "@/components/submit/run-values";
import { timeoutMsOf, type FormatId } from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import type { BoardTask } from "@/lib/schemas/views";
import {
  submission,
  type ConnectionTestInput,
  type Submission,
  type SubmissionInput,
} from "@/lib/schemas/submissions";

/** The form as its inputs hold it: text and ticks. */
export type FormValues = {
  /** Id of an entry of the catalogue; "": none. */
  preset: string;
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
  priceSource: string;
  budgetUsd: string;
  openWeights: "" | "yes" | "no";
  licence: string;
  /** In billions. */
  parameters: string;
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
  /** What tells a run from others of its model. */
  label: string;
  listed: boolean;
  board: string;
};

/** An untouched form. */
export const EMPTY_FORM: FormValues = {
  preset: "",
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
  priceSource: "",
  budgetUsd: "",
  openWeights: "",
  licence: "",
  parameters: "",
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
  label: "",
  listed: true,
  board: "text-to-image",
};

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
    preset: optional(values.preset),
    name: values.name,
    creator: values.creator,
    pricePerImageUsd: number(values.pricePerImageUsd),
    priceSource: optional(values.priceSource),
    budgetUsd: number(values.budgetUsd),
    openWeights: values.openWeights === "" ? undefined : values.openWeights === "yes",
    licence: optional(values.licence),
    parameters: fromBillions(values.parameters),
    releasedAt: optional(values.releasedAt),
    paradigm: optional(values.paradigm),
    architecture: optional(values.architecture),
    representation: optional(values.representation),
    textConditioning: optional(values.textConditioning),
    concurrency: number(values.concurrency),
    ownPromptsPerDay: number(values.ownPromptsPerDay),
    promptCount: number(values.promptCount),
    samplesPerPrompt: number(values.samplesPerPrompt),
    label: optional(values.label),
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
  values: Pick<FormValues, (typeof TESTED)[number] | "seedPolicy" | "board">,
): AsTyped<ConnectionTestInput> {
  return {
    endpointUrl: values.endpointUrl.trim(),
    format: values.format === "" ? undefined : values.format,
    formatOptions: values.formatOptions.trim() === "" ? undefined : jsonOf(values.formatOptions),
    apiKey: optional(values.apiKey),
    providerModel: values.providerModel.trim(),
    board: values.board,
    imageSize: values.imageSize.trim(),
    timeoutSeconds: number(values.timeoutSeconds),
    ...toRunParameters(values),
  };
}

/** Seconds that each call of the form's test waits at most. @param task of the chosen board */
export const longestCall = (
  values: Pick<FormValues, "format" | "endpointUrl" | "timeoutSeconds">,
  task: BoardTask,
): number => timeoutMsOf(number(values.timeoutSeconds), formatOf(values), orderTask(task, 0)) / 1000;

export const submissionResolver = (t: ReturnType<typeof useTranslations<"submit">>) =>
  formResolver<FormValues, Submission>(toSubmission, submission, {
    name: t("errors.name"),
    creator: t("errors.creator"),
    endpointUrl: t("errors.endpointUrl"),
    providerModel: t("errors.providerModel"),
    concurrency: t("errors.concurrency"),
    timeoutSeconds: t("errors.timeoutSeconds"),
    ownPromptsPerDay: t("errors.ownPromptsPerDay"),
    ...runWords(t),
    parameters: t("errors.parameters"),
    releasedAt: t("errors.releasedAt"),
  });
