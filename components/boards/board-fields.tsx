import Link from "next/link";
import { useState, type ReactNode } from "react";
import { useFormContext, useFormState, useWatch } from "react-hook-form";
import { criteriaOf, type BoardValues } from "@/components/boards/board-values";
import { FixedField } from "@/components/boards/fixed-field";
import { MetricFields } from "@/components/boards/metric-fields";
import { FurtherSetsField, PromptSetField } from "@/components/boards/prompt-set-fields";
import { TASK_NAMES } from "@/components/boards/task-names";
import { ChecksField } from "@/components/forms/checks-field";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import { DEFAULT_QUESTION } from "@/lib/schemas/battles";
import { CRITERION_LABELS } from "@/lib/schemas/criteria";
import type { BoardChoices } from "@/lib/schemas/views";

const Field = TextField<BoardValues>;
const Choice = ChoiceField<BoardValues>;
const Checks = ChecksField<BoardValues>;

const SIZES = ["256x256", "512x512", "1024x1024", "1024x768", "768x1024", "1280x720", "1920x1080"];

const FITS = [
  {
    value: "same",
    label: "Same size for both",
    note: "Both images are scaled to the board's size, so that nobody can tell a model by its resolution.",
  },
  {
    value: "own",
    label: "Each in its own size",
    note: "Each image keeps its resolution and is scaled down where it is larger than the board's size, never up: voters see how sharp it is, and may know a model by it.",
  },
] as const satisfies { value: BoardValues["fit"]; label: string; note: string }[];

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
  return (
    <>
      <Group title="What is compared">
        <Field name="name" label="Name" required />
        <Field name="description" label="Description" />
        <PromptSetField choices={choices} isFixed={fixed.promptSet} />
        <TaskField isFixed={fixed.task} />
      </Group>
      <Group title="How it is shown">
        <Field
          name="size"
          label="Size of a battle's images"
          required
          suggestions={SIZES}
          hint="Width and height in pixels. A sample of another shape is measured, but in no battle."
        />
        <FitField />
      </Group>
      <Group title="Who may">
        <Audience name="seenBy" label="See the board" />
        <Audience name="votedBy" label="Vote" />
        <Audience name="submittedBy" label="Submit models" />
        <Choice
          name="listing"
          label="A new model joins"
          options={[
            ["automatic", "once it is scored"],
            ["approved", "when you let it on"],
          ]}
        />
      </Group>
      <MoreSettings opened={opened}>
        <Group title="What voters are asked">
          <Field
            name="question"
            label="Question"
            placeholder={DEFAULT_QUESTION}
            hint="Shown under the prompt of every pair."
          />
          <CriteriaField />
          <FurtherSetsField choices={choices} isFixed={fixed.promptSet} />
          <Field
            name="provisionalVotes"
            label="Votes until a rating is settled"
            required
            inputMode="numeric"
            hint="A model with fewer votes is marked as provisional."
          />
          <Field
            name="aspectTolerance"
            label="Allowed difference in shape, percent"
            required
            inputMode="decimal"
            hint="How far a sample's width / height may be from the board's to be in battles."
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
  return (
    <Choice
      name={name}
      label={label}
      options={[
        ["invited", "people you invite"],
        ["signed-in", "everyone with an account here"],
        ["everyone", "everyone"],
      ]}
    />
  );
}

function TaskField({ isFixed }: { isFixed: boolean }) {
  const task = useWatch<BoardValues, "task">({ name: "task" });
  if (isFixed) return <FixedField label="Task" value={TASK_NAMES[task]} />;
  return <Choice name="task" label="Task" options={Object.entries(TASK_NAMES)} />;
}

function FitField() {
  const { register } = useFormContext<BoardValues>();
  return (
    <fieldset>
      <legend className="text-sm font-medium">Sizes of the two sides</legend>
      <div className="mt-2 grid gap-3">
        {FITS.map(({ value, label, note }) => (
          <label key={value} className="flex items-start gap-3 text-sm">
            <input
              type="radio"
              value={value}
              className="mt-0.5 size-4 accent-(--accent)"
              {...register("fit")}
            />
            <span>
              {label}
              <span className="text-muted block">{note}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function CriteriaField() {
  const task = useWatch<BoardValues, "task">({ name: "task" });
  return (
    <Checks
      name="criteria"
      legend="Criteria"
      hint="Voters may also answer these, besides which is better overall."
      options={criteriaOf(task).map((each) => ({ value: each, label: CRITERION_LABELS[each] }))}
    />
  );
}

function LivePrompts() {
  return (
    <>
      <Check name="livePrompts" label="Own prompts">
        Voters may have two models generate for a prompt of their own, where the models allow it.
      </Check>
      <Check name="countsLiveVotes" label="Votes on own prompts count on the board">
        Otherwise they count apart: in no rating of the board, but in its category “own prompts”.
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
  return (
    <section className="grid gap-4">
      {choices.judges.length > 0 ? (
        <Checks
          name="judges"
          legend="Judges"
          hint="Your own, and those that cost nothing. What they say stands beside people's votes, never among them."
          options={choices.judges.map(({ slug, name, own }) => ({
            value: slug,
            label: own ? `${name} (yours)` : name,
          }))}
        />
      ) : (
        <p className="text-muted text-sm">
          There is no judge to choose yet.{" "}
          <Link href="/judges" className="link">
            Add one
          </Link>
        </p>
      )}
    </section>
  );
}

/** What lies below "More settings"; it opens by itself where one of its fields is at fault. */
function MoreSettings({ opened, children }: { opened: boolean; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(opened);
  const { errors } = useFormState<BoardValues>();
  const isAtFault = INSIDE.some((name) => errors[name] !== undefined);
  return (
    <details open={isOpen || isAtFault} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="link w-fit py-2 text-sm">More settings</summary>
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
