import { formResolver } from "@/components/forms/form-resolver";
import {
  judgeSubmission,
  type JudgeList,
  type JudgeSubmission,
  type JudgeSubmissionInput,
  type JudgeTest,
  type VideosAs,
} from "@/lib/schemas/judges/judging";

/** The text inputs, in the order of the page. */
export const FIELDS = [
  { name: "endpointUrl", label: "Address", required: true, type: "url", placeholder: "https://host/v1" },
  { name: "providerModel", label: "Model name at the endpoint", required: true },
  { name: "apiKey", label: "Key", type: "password", hint: "Stored sealed, never shown again." },
  { name: "name", label: "Name", required: true },
  { name: "creator", label: "Creator of the model", required: true },
  { name: "usdPerMillionInputTokens", label: "$ per million input tokens", number: true },
  { name: "usdPerMillionOutputTokens", label: "$ per million output tokens", number: true },
  { name: "budgetUsd", label: "Budget, $", number: true, hint: "Judging stops there. Needs both prices." },
  { name: "promptsPerRun", label: "Prompts of each run", number: true, placeholder: "all" },
  { name: "pairsPerBoard", label: "Extra pairs nobody voted on", number: true, placeholder: "200" },
  { name: "concurrency", label: "Requests at once", number: true, placeholder: "2" },
] as const satisfies {
  name: keyof JudgeSubmissionInput;
  label: string;
  required?: boolean;
  number?: boolean;
  type?: string;
  placeholder?: string;
  hint?: string;
}[];

/** The form as its inputs hold it: text, how videos are shown, and the rubrics that are ticked, which say the same. */
export type JudgeValues = Record<(typeof FIELDS)[number]["name"], string> & {
  videosAs: VideosAs;
  rubrics: string[];
};

/** An untouched form. */
export function emptyJudge(chosen: Pick<JudgeValues, "videosAs" | "rubrics">): JudgeValues {
  const texts = Object.fromEntries(FIELDS.map(({ name }) => [name, ""]));
  return { ...texts, ...chosen } as JudgeValues;
}

/** The rubrics that a judge can be asked when it is shown videos this way. */
export const rubricsSeeing = (videosAs: VideosAs, rubrics: JudgeList["rubrics"]): JudgeList["rubrics"] =>
  rubrics.filter(({ sees }) => sees === "image" || sees === videosAs);

/** The request body that the form stands for; empty inputs are left unsaid. */
function toJudge(values: JudgeValues): JudgeSubmissionInput {
  const said = FIELDS.flatMap((field) => {
    const text = values[field.name].trim();
    return text === "" ? [] : [[field.name, "number" in field ? Number(text) : text]];
  });
  return { ...Object.fromEntries(said), rubrics: values.rubrics } as JudgeSubmissionInput;
}

/** What a test call needs of the form, in the order of the page. */
export const TESTED = ["endpointUrl", "providerModel", "apiKey"] as const;

/** The body of a test call. */
export function toJudgeTest(values: Pick<JudgeValues, (typeof TESTED)[number] | "rubrics">): JudgeTest {
  return {
    endpointUrl: values.endpointUrl.trim(),
    providerModel: values.providerModel.trim(),
    apiKey: values.apiKey.trim() || undefined,
    rubrics: values.rubrics.length === 0 ? undefined : values.rubrics,
  };
}

export const judgeResolver = formResolver<JudgeValues, JudgeSubmission>(toJudge, judgeSubmission, {
  endpointUrl: "Give the http or https address of the endpoint, such as https://host/v1.",
  providerModel: "Give the name the endpoint knows the model by.",
  name: "Give the judge a name.",
  creator: "Say who made the model.",
  concurrency: "Between 1 and 16.",
  rubrics: "Choose at least one.",
});
