import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UploadChoices } from "@/lib/schemas/sample-uploads";
import type { ListedBoard } from "@/lib/schemas/views";

/** What is said of a run that is new here, and of its model. */
export interface NewRun {
  /** Slug of a model of one's own, which gets another run; empty: a new one. */
  model: string;
  name: string;
  creator: string;
  /** Slug of the board that it joins; empty: none, and the prompts are named by themselves. */
  board: string;
  promptSet: string;
  kind: "" | "image" | "video";
  label: string;
  listed: boolean;
}

type SetChoice = { slug: string; name: string; prompts?: number };

/** The prompt sets that samples may be of: the board's, or all that may be chosen where no board is. */
export function setsOf(model: NewRun, choices: UploadChoices, boards: ListedBoard[]): SetChoice[] {
  const board = boards.find(({ slug }) => slug === model.board);
  return board === undefined ? choices.promptSets : board.promptSets;
}

/** What was chosen of them, or else the first. */
export const chosenSet = ({ promptSet }: NewRun, sets: SetChoice[]) => promptSet || (sets[0]?.slug ?? "");

/** Whose samples they are, for which board and prompts. */
export function NewRunFields({
  model,
  choices,
  boards,
  onChange,
}: {
  model: NewRun;
  choices: UploadChoices;
  boards: ListedBoard[];
  onChange: (model: NewRun) => void;
}) {
  const t = useTranslations("submit.samples");
  const text = (field: "name" | "creator" | "label", placeholder?: string) => (
    <input
      className="field"
      required={field !== "label"}
      maxLength={80}
      placeholder={placeholder}
      value={model[field]}
      onChange={(event) => onChange({ ...model, [field]: event.target.value })}
    />
  );
  const sets = setsOf(model, choices, boards);
  return (
    <>
      {choices.models.length > 0 && (
        <Labelled text={t("whose")}>
          <select
            className="field sm:w-full"
            value={model.model}
            onChange={(event) => onChange({ ...model, model: event.target.value })}
          >
            <option value="">{t("newModels")}</option>
            {choices.models.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {t("anotherRun", { name })}
              </option>
            ))}
          </select>
        </Labelled>
      )}
      {model.model === "" && (
        <>
          <Labelled text={t("model")}>{text("name")}</Labelled>
          <Labelled text={t("creator")}>{text("creator")}</Labelled>
        </>
      )}
      {boards.length > 0 && (
        <Labelled text={t("board")}>
          <select
            className="field"
            value={model.board}
            onChange={(event) => onChange({ ...model, board: event.target.value, promptSet: "" })}
          >
            <option value="">{t("noBoard")}</option>
            {boards.map(({ slug, name }) => (
              <option key={slug} value={slug} translate="no">
                {name}
              </option>
            ))}
          </select>
        </Labelled>
      )}
      {(model.board === "" || sets.length > 1) && (
        <Labelled text={t("promptSet")}>
          <select
            className="field"
            value={chosenSet(model, sets)}
            onChange={(event) => onChange({ ...model, promptSet: event.target.value })}
          >
            {sets.map((set) => (
              <option
                key={set.slug}
                value={set.slug}
                translate={set.prompts === undefined ? "no" : undefined}
              >
                {set.prompts === undefined ? set.name : t("setOf", { set: set.name, n: set.prompts })}
              </option>
            ))}
          </select>
        </Labelled>
      )}
      <Labelled text={t("what")}>
        <select
          className="field"
          value={model.kind}
          onChange={(event) => onChange({ ...model, kind: event.target.value as NewRun["kind"] })}
        >
          {(["", "image", "video"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t("kind", { kind })}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled text={t("label")}>{text("label", t("labelExample"))}</Labelled>
    </>
  );
}

/** Whether the model becomes everybody's to see, where its board is. */
export function Listing({
  isPublic,
  reviewed,
  model,
  onChange,
}: {
  isPublic: boolean;
  reviewed: boolean;
  model: NewRun;
  onChange: (model: NewRun) => void;
}) {
  const t = useTranslations("submit");
  if (!isPublic) return <p className="text-muted text-sm sm:col-span-2">{t("run.ownBoard")}</p>;
  return (
    <label className="flex items-start gap-3 text-sm sm:col-span-2">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-(--accent)"
        checked={model.listed}
        onChange={(event) => onChange({ ...model, listed: event.target.checked })}
      />
      <span>{t(reviewed ? "samples.joinReviewed" : "samples.join")}</span>
    </label>
  );
}

/** An input under its label. */
export function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <label className="text-sm">
      <span className="text-muted mb-1 block">{text}</span>
      {children}
    </label>
  );
}
