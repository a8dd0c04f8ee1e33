import type { useTranslations } from "next-intl";
import type { FormValues } from "@/components/submit/form-values";
import type { FormWords } from "@/components/forms/form-resolver";
import { chosenFormat, FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import type { RunParameters } from "@/lib/schemas/run-parameters";

/** What forms hold of a run's parameters, as text, and the fields of a request's body that they stand for. */

export const optional = (text: string) => text.trim() || undefined;
/** Text that is not a number becomes NaN, which the schema refuses by name. */
export const number = (text: string) => (text.trim() === "" ? undefined : Number(text));

/** A count that is written in billions; whole. */
export function fromBillions(text: string): number | undefined {
  const billions = number(text);
  return billions === undefined ? undefined : Math.round(billions * 1e9);
}

/** Seeds as they were typed; what is no number becomes NaN. */
const seedsOf = ({ seedPolicy, seeds }: Pick<FormValues, "seedPolicy" | "seeds">) =>
  seedPolicy === "list"
    ? seeds
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number)
    : seedPolicy;

/** A JSON value; text that is none stays text, which the schema refuses by name. */
export function jsonOf(text: string): unknown {
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

/** The fields of a request's body that say a run's parameters. */
export const toRunParameters = (
  values: FieldInputs &
    Pick<FormValues, "seedPolicy" | "seeds" | "steps" | "guidance" | "negativePrompt" | "extraHeaders">,
) => ({
  seeds: seedsOf(values),
  steps: number(values.steps),
  guidance: number(values.guidance),
  negativePrompt: optional(values.negativePrompt),
  extraFields: extraFieldsOf(values),
  extraHeaders: values.extraHeaders.trim() === "" ? undefined : jsonOf(values.extraHeaders),
});

/** The same the other way: a form that stands for parameters as a run of that format had them. */
export function runParameterValues(parameters: RunParameters, format: FormatId): Partial<FormValues> {
  const { seeds, steps, guidance, negativePrompt, imageSize } = parameters;
  const { quality, background, ...further } = parameters.extraFields;
  const hasInputs = FORMATS[format].background;
  const fields = hasInputs ? further : parameters.extraFields;
  const json = (object: object) => (Object.keys(object).length === 0 ? "" : JSON.stringify(object));
  return {
    ...(imageSize !== null && { imageSize }),
    seedPolicy: typeof seeds === "string" ? seeds : "list",
    seeds: typeof seeds === "string" ? "" : seeds.join(", "),
    steps: String(steps ?? ""),
    guidance: String(guidance ?? ""),
    negativePrompt: negativePrompt ?? "",
    quality: hasInputs ? String(quality ?? "") : "",
    background: hasInputs ? String(background ?? "") : "",
    extraFields: json(fields),
    extraHeaders: json(parameters.extraHeaders),
  };
}

/** What is said of a run's fields that are malformed. */
export const runWords = (t: ReturnType<typeof useTranslations<"submit">>): FormWords<FormValues> => ({
  budgetUsd: t("errors.budgetUsd"),
  pricePerImageUsd: t("errors.pricePerImageUsd"),
  promptCount: t("errors.promptCount"),
  samplesPerPrompt: t("errors.samplesPerPrompt"),
  imageSize: t("errors.imageSize"),
  seeds: t("errors.seeds"),
  steps: t("errors.steps"),
  guidance: t("errors.guidance"),
  negativePrompt: t("errors.negativePrompt"),
  extraFields: t("errors.extraFields", { example: EXAMPLES.extraFields }),
  extraHeaders: t("errors.extraHeaders", { example: EXAMPLES.extraHeaders }),
});

/** What may stand in a field: the same in every language, as it is sent. */
export const EXAMPLES = {
  endpointUrl: "https://host/v1",
  providerModel: "my-model-v2",
  licence: "Apache-2.0",
  paradigm: "flow matching",
  architecture: "diffusion transformer",
  representation: "autoencoder latents",
  textConditioning: "cross-attention",
  extraFields: '{"scheduler": "euler"}',
  extraHeaders: '{"OpenAI-Organization": "org-1234"}',
} as const;
