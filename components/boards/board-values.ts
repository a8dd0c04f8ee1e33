import type { Difference } from "@/components/forms/edit-conflict";
import { formResolver } from "@/components/forms/form-resolver";
import {
  boardCreation,
  type BoardChanges,
  type BoardCreation,
  type BoardSettings,
} from "@/lib/schemas/boards";
import { criteriaFor, type Criterion } from "@/lib/schemas/criteria";

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

export const boardResolver = formResolver<BoardValues, BoardCreation>(toSettings, boardCreation, {
  name: "Give the board a name of at most 80 characters.",
  description: "At most 500 characters.",
  question: "At most 200 characters.",
  promptSet: "Choose a prompt set.",
  aspectTolerance: "Between 0 and 50 percent.",
  provisionalVotes: "A whole number from 0 on.",
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

const LABELS: Partial<Record<string, string>> = {
  promptSet: "Prompt set",
  furtherPromptSets: "Further prompt sets",
  aspectTolerance: "Aspect tolerance",
  seenBy: "Seen by",
  votedBy: "Voted on by",
  submittedBy: "Submitted to by",
  livePrompts: "Prompts of voters",
  countsLiveVotes: "Votes on own prompts count on the board",
  provisionalVotes: "Provisional below so many votes",
};

const inWords = (value: unknown): string => {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (!Array.isArray(value)) return String(value);
  const parts = value.map((part: unknown) =>
    typeof part === "string"
      ? part
      : String(
          Object.values(part as object)
            .filter(Boolean)
            .join(" with "),
        ),
  );
  return parts.join(", ") || "nothing";
};

/** Where the newest settings are not what somebody wants to change them to. */
export function differencesOf(changes: ReturnType<typeof changesOf>, newest: BoardSettings): Difference[] {
  return Object.entries(changes)
    .map(([name, mine]) => ({ name, mine: mine as unknown, theirs: newest[name as keyof BoardSettings] }))
    .filter(({ mine, theirs }) => !isSame(mine, theirs))
    .map(({ name, mine, theirs }) => ({
      label: LABELS[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
      mine: inWords(mine),
      theirs: inWords(theirs),
    }));
}
