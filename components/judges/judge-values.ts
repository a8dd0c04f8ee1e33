import { formResolver } from "@/components/forms/form-resolver";
import type { JudgeWords } from "@/components/judges/pause-text";
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
  { name: "endpointUrl", required: true, type: "url", placeholder: "https://host/v1" },
  { name: "providerModel", required: true },
  { name: "apiKey", type: "password" },
  { name: "name", required: true },
  { name: "creator", required: true },
  { name: "usdPerMillionInputTokens", number: true },
  { name: "usdPerMillionOutputTokens", number: true },
  { name: "budgetUsd", number: true },
  { name: "promptsPerRun", number: true },
  { name: "pairsPerBoard", number: true, placeholder: "200" },
  { name: "concurrency", number: true, placeholder: "2" },
] as const satisfies {
  name: keyof JudgeSubmissionInput;
  required?: boolean;
  number?: boolean;
  type?: string;
  placeholder?: string;
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

export const judgeResolver = (t: JudgeWords) =>
  formResolver<JudgeValues, JudgeSubmission>(toJudge, judgeSubmission, {
    endpointUrl: t("form.problems.endpointUrl"),
    providerModel: t("form.problems.providerModel"),
    name: t("form.problems.name"),
    creator: t("form.problems.creator"),
    concurrency: t("form.problems.concurrency"),
    rubrics: t("form.problems.rubrics"),
  });
