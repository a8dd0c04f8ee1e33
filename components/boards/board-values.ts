import type { useTranslations } from "next-intl";
import type { Difference } from "@/components/forms/edit-conflict";
import { formResolver } from "@/components/forms/form-resolver";
import type { Format } from "@/components/format";
import {
  boardCreation,
  type BoardChanges,
  type BoardCreation,
  type BoardSettings,
} from "@/lib/schemas/boards";
import { criteriaFor, type Criterion } from "@/lib/schemas/criteria";

type BoardsWords = ReturnType<typeof useTranslations<"boards">>;

/** A board's form as its inputs hold it: text and ticks. */
export type BoardValues = {
  name: string;
  description: string;
  promptSet: string;
  furtherPromptSets: string[];
  task: BoardCreation["task"];
  size: string;
  fit: BoardCreation["fit"];
  question: string;
  criteria: Criterion[];
  /** In percent. */
  aspectTolerance: string;
  seenBy: BoardCreation["seenBy"];
  votedBy: BoardCreation["votedBy"];
  submittedBy: BoardCreation["submittedBy"];
  listing: BoardCreation["listing"];
  livePrompts: boolean;
  countsLiveVotes: boolean;
  provisionalVotes: string;
  /** reference: "" for none. */
  metrics: { encoder: string; reference: string }[];
  judges: string[];
};

/** The inputs that stand for a board's settings. */
export function valuesOf(settings: Omit<BoardCreation, "slug">): BoardValues {
  const { name, description, promptSet, furtherPromptSets, task, size, fit, criteria, livePrompts, judges } =
    settings;
  const { seenBy, votedBy, submittedBy, listing, countsLiveVotes } = settings;
  return {
    ...{ name, description, promptSet, furtherPromptSets, task, size, fit, criteria, livePrompts, judges },
    ...{ seenBy, votedBy, submittedBy, listing, countsLiveVotes },
    question: settings.question ?? "",
    aspectTolerance: String(Number((settings.aspectTolerance * 100).toFixed(3))),
    provisionalVotes: String(settings.provisionalVotes),
    metrics: settings.metrics.map(({ encoder, reference }) => ({ encoder, reference: reference ?? "" })),
  };
}

/** An untouched form: what the API gives a board that is not told otherwise. */
export const newBoardValues = (promptSet: string): BoardValues => ({
  ...valuesOf(boardCreation.parse({ name: "new", promptSet: "any" })),
  name: "",
  promptSet,
});

/** What a board of a task may ask of a pair. */
export const criteriaOf = (task: BoardValues["task"]): Criterion[] =>
  criteriaFor({ isVideo: task === "text-to-video" });

/** Text that is not a number becomes NaN, which the schema refuses. */
const number = (text: string) => (text.trim() === "" ? NaN : Number(text));

/** The settings that the inputs stand for. */
function toSettings(values: BoardValues) {
  return {
    ...values,
    size: values.size.trim().replace(/\s*[x×]\s*/i, "x"),
    question: values.question.trim() || null,
    // The first is none of the further ones, whatever was ticked before it was chosen.
    furtherPromptSets: values.furtherPromptSets.filter((slug) => slug !== values.promptSet),
    criteria: criteriaOf(values.task).filter((each) => values.criteria.includes(each)),
    aspectTolerance: number(values.aspectTolerance) / 100,
    provisionalVotes: number(values.provisionalVotes),
    metrics: values.metrics.map(({ encoder, reference }) => ({ encoder, reference: reference || null })),
  };
}

export const boardResolver = (t: BoardsWords) =>
  formResolver<BoardValues, BoardCreation>(toSettings, boardCreation, {
    name: t("errors.name"),
    description: t("errors.description"),
    question: t("errors.question"),
    promptSet: t("errors.promptSet"),
    size: t("errors.size"),
    aspectTolerance: t("errors.aspectTolerance"),
    provisionalVotes: t("errors.provisionalVotes"),
  });

const isSame = (x: unknown, y: unknown) => JSON.stringify(x) === JSON.stringify(y);

/**
 * Of the settings that a form stands for, those that are not as the board has them: what is not touched is not sent, since it may
 * name what the editor may not choose anew, such as the owner's judge.
 */
export function changesOf(now: BoardSettings, { task: _task, slug: _slug, ...wanted }: BoardCreation) {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isSame(value, now[name as keyof typeof wanted])),
  ) as Omit<BoardChanges, "version">;
}

type Setting = Exclude<keyof BoardCreation, "task" | "slug">;

/** A setting's value as its field has it. */
function inWords(t: BoardsWords, { yesNo }: Format, name: Setting, value: unknown): string {
  if (value === null || value === "") return t("edit.nothing");
  if (typeof value === "boolean") return yesNo(value);
  if (Array.isArray(value))
    return value.map((part: unknown) => partInWords(t, name, part)).join(", ") || t("edit.nothing");
  switch (name) {
    case "seenBy":
    case "votedBy":
    case "submittedBy":
      return t(`audiences.${value as BoardValues["seenBy"]}`);
    case "listing":
      return t(`listings.${value as BoardValues["listing"]}`);
    case "fit":
      return t(`fits.${value as BoardValues["fit"]}.label`);
    default:
      return String(value);
  }
}

function partInWords(t: BoardsWords, name: Setting, part: unknown): string {
  if (typeof part === "string") return name === "criteria" ? t("criterion", { criterion: part }) : part;
  const { encoder, reference } = part as BoardCreation["metrics"][number];
  return reference === null ? encoder : t("edit.metric", { encoder, reference });
}

/** Where the newest settings are not what somebody wants to change them to. */
export function differencesOf(
  t: BoardsWords,
  format: Format,
  changes: ReturnType<typeof changesOf>,
  newest: BoardSettings,
): Difference[] {
  return (Object.entries(changes) as [Setting, unknown][])
    .map(([name, mine]) => ({ name, mine, theirs: newest[name] }))
    .filter(({ mine, theirs }) => !isSame(mine, theirs))
    .map(({ name, mine, theirs }) => ({
      label: t(`settings.${name}`),
      mine: inWords(t, format, name, mine),
      theirs: inWords(t, format, name, theirs),
    }));
}
