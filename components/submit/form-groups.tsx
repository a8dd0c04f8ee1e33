import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { TextField } from "@/components/forms/text-field";
import { AdvancedFields } from "@/components/submit/advanced-fields";
import { FormatFields, useChosenFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { EXAMPLES } from "@/components/submit/run-values";
import { timeoutMsOf } from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import type { ListedBoard } from "@/lib/schemas/views";

export type Suggestions = Record<
  "paradigm" | "architecture" | "representation" | "textConditioning",
  string[]
>;

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

/** Where the model is reached, and how much it may be asked. */
export function EndpointFields({ boards }: { boards: ListedBoard[] }) {
  const t = useTranslations("submit.endpoint");
  const board = useWatch<FormValues, "board">({ name: "board" });
  const { imageSize: shown, task = "TEXT_TO_IMAGE" } = boards.find(({ slug }) => slug === board) ?? {};
  const usualSeconds = timeoutMsOf(undefined, useChosenFormat(), orderTask(task, 0)) / 1000;
  return (
    <Group title={t("title")} text={t("about")}>
      <Field
        name="endpointUrl"
        label={t("address")}
        required
        type="url"
        inputMode="url"
        placeholder={EXAMPLES.endpointUrl}
        translate="no"
      />
      <FormatFields task={task} />
      <Field
        name="providerModel"
        label={t("providerModel")}
        required
        placeholder={EXAMPLES.providerModel}
        translate="no"
      />
      <Field name="apiKey" label={t("key")} type="password" autoComplete="new-password" hint={t("keyHint")} />
      <div className="grid grid-cols-2 gap-4">
        <Field
          name="imageSize"
          label={t("imageSize")}
          required
          placeholder={shown}
          translate="no"
          hint={shown && t("imageSizeHint", { size: shown })}
        />
        <Field name="concurrency" label={t("concurrency")} required inputMode="numeric" />
      </div>
      <Field
        name="timeoutSeconds"
        label={t("timeout")}
        inputMode="numeric"
        placeholder={String(usualSeconds)}
        hint={t("timeoutHint")}
      />
      <Field name="ownPromptsPerDay" label={t("ownPrompts")} inputMode="numeric" hint={t("ownPromptsHint")} />
    </Group>
  );
}

/** What the board says of the model. */
export function ModelFields() {
  const t = useTranslations("submit.model");
  return (
    <Group title={t("title")} text={t("about")}>
      <Field name="name" label={t("name")} required />
      <Field name="creator" label={t("creator")} required />
      <Field name="pricePerImageUsd" label={t("price")} inputMode="decimal" placeholder="0.04" />
      <Field name="priceSource" label={t("priceSource")} />
      <div className="grid grid-cols-2 gap-4">
        <Choice
          name="openWeights"
          label={t("openWeights")}
          options={(["", "yes", "no"] as const).map((open) => [open, t("open", { open })])}
        />
        <Field name="releasedAt" label={t("released")} type="date" />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field name="licence" label={t("licence")} placeholder={EXAMPLES.licence} translate="no" />
        <Field name="parameters" label={t("parameters")} inputMode="decimal" placeholder="12" />
      </div>
    </Group>
  );
}

/** How the model is built. */
export function StackFields({ suggestions }: { suggestions: Suggestions }) {
  const t = useTranslations("submit.built");
  return (
    <Group title={t("title")} text={t("about")}>
      <Field
        name="paradigm"
        label={t("paradigm")}
        suggestions={suggestions.paradigm}
        placeholder={EXAMPLES.paradigm}
        translate="no"
      />
      <Field
        name="architecture"
        label={t("architecture")}
        suggestions={suggestions.architecture}
        placeholder={EXAMPLES.architecture}
        translate="no"
      />
      <Field
        name="representation"
        label={t("representation")}
        suggestions={suggestions.representation}
        placeholder={EXAMPLES.representation}
        translate="no"
      />
      <Field
        name="textConditioning"
        label={t("textConditioning")}
        suggestions={suggestions.textConditioning}
        placeholder={EXAMPLES.textConditioning}
        translate="no"
      />
    </Group>
  );
}

/** Over what the first run goes, and whether the model is listed after it. */
export function RunFields({ boards, reviewed }: { boards: ListedBoard[]; reviewed: boolean }) {
  const t = useTranslations("submit.run");
  const { register } = useFormContext<FormValues>();
  const board = useWatch<FormValues, "board">({ name: "board" });
  const isPublic = boards.find(({ slug }) => slug === board)?.isPublic ?? true;
  return (
    <Group title={t("title")} text={t("about")}>
      {boards.length > 1 && (
        <Choice
          name="board"
          label={t("board")}
          options={boards.map(({ slug, name }) => [slug, name, "name"])}
        />
      )}
      <Field
        name="promptCount"
        label={t("promptCount")}
        inputMode="numeric"
        placeholder={t("all")}
        hint={t("promptCountHint")}
      />
      <Field
        name="budgetUsd"
        label={t("budget")}
        inputMode="decimal"
        placeholder={t("none")}
        hint={t("budgetHint")}
      />
      {isPublic ? (
        <label className="flex items-start gap-3 pt-1 text-sm sm:pt-8">
          <input type="checkbox" className="mt-0.5 size-4 accent-(--accent)" {...register("listed")} />
          <span>
            <span className="block font-medium">{t("join")}</span>
            <span className="text-muted block">
              {reviewed && `${t("reviewed")} `}
              {t("unticked")}
            </span>
          </span>
        </label>
      ) : (
        <p className="text-muted pt-1 text-sm sm:pt-8">{t("ownBoard")}</p>
      )}
      <AdvancedFields />
    </Group>
  );
}

function Group({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="font-serif text-2xl">{title}</legend>
      <p className="text-muted mt-1 text-sm">{text}</p>
      <div className="mt-5 grid gap-x-6 gap-y-5 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
