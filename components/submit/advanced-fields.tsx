import { useState } from "react";
import { useFormState, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import { useFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { FORMATS } from "@/lib/schemas/formats/formats";

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

const sentAs = (field: string | null) =>
  field === null ? "This format has no field for it: leave it empty." : `Sent as ${field}.`;

/** What the run asks of the endpoint besides; it opens by itself where one of its fields is at fault. */
export function AdvancedFields() {
  const [isOpen, setIsOpen] = useState(false);
  const { errors } = useFormState<FormValues>();
  const seedPolicy = useWatch<FormValues, "seedPolicy">({ name: "seedPolicy" });
  const format = FORMATS[useFormat()];
  const isAtFault = ADVANCED.some((name) => errors[name] !== undefined);
  return (
    <details
      className="sm:col-span-2"
      open={isOpen || isAtFault}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className="link w-fit py-2 text-sm">Advanced</summary>
      <div className="mt-4 grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <Field name="samplesPerPrompt" label="Samples of each prompt" inputMode="numeric" />
        <Field name="label" label="Label of the run" hint="What tells it from others of the model." />
        <Choice
          name="seedPolicy"
          label="Seeds"
          options={[
            ["per-prompt", "one for each prompt and sample"],
            ["list", "a list, the same for every prompt"],
            ["none", "none is sent"],
          ]}
        />
        {seedPolicy === "list" && (
          <Field
            name="seeds"
            label="List of seeds"
            required
            placeholder="1, 2, 3"
            hint="One for each sample of a prompt. Such samples are in no battle where everyone votes: whoever has the model could draw its side."
          />
        )}
        <Field name="steps" label="Steps" inputMode="numeric" hint={sentAs(format.steps)} />
        <Field name="guidance" label="Guidance" inputMode="decimal" hint={sentAs(format.guidance)} />
        <Field
          name="negativePrompt"
          label="Negative prompt"
          hint={`${sentAs(format.negativePrompt)} For prompts that have none of their own.`}
        />
        {format.background && (
          <>
            <Field name="quality" label="Quality" suggestions={QUALITIES} hint="Sent as quality." />
            <Field
              name="background"
              label="Background"
              suggestions={BACKGROUNDS}
              hint="Sent as background. Opaque is what others answer with."
            />
          </>
        )}
        <Field
          name="extraFields"
          label="Further fields of each request"
          placeholder='{"scheduler": "euler"}'
          hint="A JSON object of texts, numbers and booleans. Everybody who sees the run sees them."
        />
        <Field
          name="extraHeaders"
          label="Further headers of each request"
          placeholder='{"OpenAI-Organization": "org-1234"}'
          hint="A JSON object of texts. Everybody who sees the run sees them: no keys."
        />
      </div>
    </details>
  );
}

/** What OpenAI's own models know, which are those that know a background. */
const QUALITIES = ["low", "medium", "high", "auto"];
const BACKGROUNDS = ["opaque", "transparent", "auto"];

const ADVANCED = [
  "samplesPerPrompt",
  "label",
  "seeds",
  "steps",
  "guidance",
  "negativePrompt",
  "quality",
  "background",
  "extraFields",
  "extraHeaders",
] as const satisfies (keyof FormValues)[];
