import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { useFormContext, useFormState, useWatch } from "react-hook-form";
import { criteriaOf, type BoardValues } from "@/components/boards/board-values";
import { FixedField } from "@/components/boards/fixed-field";
import { MetricFields } from "@/components/boards/metric-fields";
import { FurtherSetsField, PromptSetField } from "@/components/boards/prompt-set-fields";
import { TASKS } from "@/components/boards/tasks";
import { ChecksField } from "@/components/forms/checks-field";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import type { BoardChoices } from "@/lib/schemas/views";

const Field = TextField<BoardValues>;
const Choice = ChoiceField<BoardValues>;
const Checks = ChecksField<BoardValues>;

const SIZES = ["256x256", "512x512", "1024x1024", "1024x768", "768x1024", "1280x720", "1920x1080"];

const FITS = ["same", "own"] as const satisfies BoardValues["fit"][];
const AUDIENCES = ["invited", "signed-in", "everyone"] as const satisfies BoardValues["seenBy"][];

/** All of a board's settings: what every board needs first, the rest below "More settings". */
export function BoardFields({
  choices,
  fixed,
  opened = false,
}: {
  choices: BoardChoices;
  /** What of an existing board cannot be changed. */
  fixed: { task: boolean; promptSet: boolean };
  /** Whether all settings are shown from the start. */
  opened?: boolean;
}) {
  const t = useTranslations("boards");
  return (
    <>
      <Group title={t("fields.compared")}>
        <Field name="name" label={t("settings.name")} required />
        <Field name="description" label={t("settings.description")} />
        <PromptSetField choices={choices} isFixed={fixed.promptSet} />
        <TaskField isFixed={fixed.task} />
      </Group>
      <Group title={t("fields.shown")}>
        <Field
          name="size"
          label={t("fields.size")}
          required
          suggestions={SIZES}
          hint={t("fields.sizeHint")}
        />
        <FitField />
      </Group>
      <Group title={t("fields.who")}>
        <Audience name="seenBy" label={t("fields.see")} />
        <Audience name="votedBy" label={t("fields.vote")} />
        <Audience name="submittedBy" label={t("fields.submit")} />
        <Choice
          name="listing"
          label={t("fields.joins")}
          options={[
            ["automatic", t("listings.automatic")],
            ["approved", t("listings.approved")],
          ]}
        />
      </Group>
      <MoreSettings opened={opened}>
        <Group title={t("fields.asked")}>
          <Field
            name="question"
            label={t("settings.question")}
            placeholder={t("fields.defaultQuestion")}
            hint={t("fields.questionHint")}
          />
          <CriteriaField />
          <FurtherSetsField choices={choices} isFixed={fixed.promptSet} />
          <Field
            name="provisionalVotes"
            label={t("fields.provisional")}
            required
            inputMode="numeric"
            hint={t("fields.provisionalHint")}
          />
          <Field
            name="aspectTolerance"
            label={t("fields.tolerance")}
            required
            inputMode="decimal"
            hint={t("fields.toleranceHint")}
          />
          <LivePrompts />
        </Group>
        <MetricFields choices={choices} />
        <Judges choices={choices} />
      </MoreSettings>
    </>
  );
}

function Audience({ name, label }: { name: "seenBy" | "votedBy" | "submittedBy"; label: string }) {
  const t = useTranslations("boards.audiences");
  return (
    <Choice
      name={name}
      label={label}
      options={AUDIENCES.map((audience): [string, string] => [audience, t(audience)])}
    />
  );
}

function TaskField({ isFixed }: { isFixed: boolean }) {
  const task = useWatch<BoardValues, "task">({ name: "task" });
  const t = useTranslations("boards");
  if (isFixed) return <FixedField label={t("task")} value={t(`tasks.${task}`)} />;
  return (
    <Choice
      name="task"
      label={t("task")}
      options={TASKS.map((each): [string, string] => [each, t(`tasks.${each}`)])}
    />
  );
}

function FitField() {
  const t = useTranslations("boards");
  const { register } = useFormContext<BoardValues>();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("fields.fit")}</legend>
      <div className="mt-2 grid gap-3">
        {FITS.map((value) => (
          <label key={value} className="flex items-start gap-3 text-sm">
            <input
              type="radio"
              value={value}
              className="mt-0.5 size-4 accent-(--accent)"
              {...register("fit")}
            />
            <span>
              {t(`fits.${value}.label`)}
              <span className="text-muted block">{t(`fits.${value}.note`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function CriteriaField() {
  const task = useWatch<BoardValues, "task">({ name: "task" });
  const t = useTranslations("boards");
  return (
    <Checks
      name="criteria"
      legend={t("settings.criteria")}
      hint={t("fields.criteriaHint")}
      options={criteriaOf(task).map((each) => ({ value: each, label: t("criterion", { criterion: each }) }))}
    />
  );
}

function LivePrompts() {
  const t = useTranslations("boards.fields");
  return (
    <>
      <Check name="livePrompts" label={t("live")}>
        {t("liveHint")}
      </Check>
      <Check name="countsLiveVotes" label={t("liveVotes")}>
        {t("liveVotesHint")}
      </Check>
    </>
  );
}

function Check({
  name,
  label,
  children,
}: {
  name: "livePrompts" | "countsLiveVotes";
  label: string;
  children: ReactNode;
}) {
  const { register } = useFormContext<BoardValues>();
  return (
    <label className="flex items-start gap-3 text-sm sm:col-span-2">
      <input type="checkbox" className="mt-0.5 size-4 accent-(--accent)" {...register(name)} />
      <span>
        {label}
        <span className="text-muted block">{children}</span>
      </span>
    </label>
  );
}

function Judges({ choices }: { choices: BoardChoices }) {
  const t = useTranslations("boards");
  return (
    <section className="grid gap-4">
      {choices.judges.length > 0 ? (
        <Checks
          name="judges"
          legend={t("settings.judges")}
          hint={t("fields.judgesHint")}
          options={choices.judges.map(({ slug, name, own }) => ({
            value: slug,
            label: own ? t("fields.yours", { name }) : name,
          }))}
        />
      ) : (
        <p className="text-muted text-sm">
          {t.rich("fields.noJudge", {
            link: (chunks) => (
              <Link href="/judges" className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
    </section>
  );
}

/** What lies below "More settings"; it opens by itself where one of its fields is at fault. */
function MoreSettings({ opened, children }: { opened: boolean; children: ReactNode }) {
  const t = useTranslations("boards.fields");
  const [isOpen, setIsOpen] = useState(opened);
  const { errors } = useFormState<BoardValues>();
  const isAtFault = INSIDE.some((name) => errors[name] !== undefined);
  return (
    <details open={isOpen || isAtFault} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="link w-fit py-2 text-sm">{t("more")}</summary>
      <div className="mt-6 grid gap-12">{children}</div>
    </details>
  );
}

const INSIDE = [
  "question",
  "criteria",
  "provisionalVotes",
  "aspectTolerance",
  "livePrompts",
  "countsLiveVotes",
  "metrics",
  "judges",
] as const satisfies (keyof BoardValues)[];

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="font-serif text-2xl">{title}</legend>
      <div className="mt-5 grid gap-x-6 gap-y-5 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
