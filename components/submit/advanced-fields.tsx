import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormState, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import { useChosenFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { EXAMPLES } from "@/components/submit/run-values";
import { FORMATS } from "@/lib/schemas/formats/formats";

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

/** What the run asks of the endpoint besides; it opens by itself where one of its fields is at fault. */
export function AdvancedFields() {
  const t = useTranslations("submit.advanced");
  const [isOpen, setIsOpen] = useState(false);
  const { errors } = useFormState<FormValues>();
  const seedPolicy = useWatch<FormValues, "seedPolicy">({ name: "seedPolicy" });
  const format = FORMATS[useChosenFormat()];
  const sentAs = (field: string | null) => (field === null ? t("noField") : t("sentAs", { field }));
  const isAtFault = ADVANCED.some((name) => errors[name] !== undefined);
  return (
    <details
      className="sm:col-span-2"
      open={isOpen || isAtFault}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className="link w-fit py-2 text-sm">{t("title")}</summary>
      <div className="mt-4 grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <Field name="samplesPerPrompt" label={t("samplesPerPrompt")} inputMode="numeric" />
        <Field name="label" label={t("label")} hint={t("labelHint")} />
        <Choice
          name="seedPolicy"
          label={t("seeds")}
          options={SEED_POLICIES.map((policy) => [policy, t("policy", { policy })])}
        />
        {seedPolicy === "list" && (
          <Field name="seeds" label={t("list")} required placeholder="1, 2, 3" hint={t("listHint")} />
        )}
        <Field name="steps" label={t("steps")} inputMode="numeric" hint={sentAs(format.steps)} />
        <Field name="guidance" label={t("guidance")} inputMode="decimal" hint={sentAs(format.guidance)} />
        <Field
          name="negativePrompt"
          label={t("negativePrompt")}
          hint={`${sentAs(format.negativePrompt)} ${t("forOthers")}`}
        />
        {format.background && (
          <>
            <Field name="quality" label={t("quality")} suggestions={QUALITIES} hint={sentAs("quality")} />
            <Field
              name="background"
              label={t("background")}
              suggestions={BACKGROUNDS}
              hint={`${sentAs("background")} ${t("opaque")}`}
            />
          </>
        )}
        <Field
          name="extraFields"
          label={t("extraFields")}
          placeholder={EXAMPLES.extraFields}
          translate="no"
          hint={t("extraFieldsHint")}
        />
        <Field
          name="extraHeaders"
          label={t("extraHeaders")}
          placeholder={EXAMPLES.extraHeaders}
          translate="no"
          hint={t("extraHeadersHint")}
        />
      </div>
    </details>
  );
}

const SEED_POLICIES = ["per-prompt", "list", "none"] as const;

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
