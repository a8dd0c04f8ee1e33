"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { BoardFields } from "@/components/boards/board-fields";
import {
  boardResolver,
  changesOf,
  differencesOf,
  valuesOf,
  type BoardValues,
} from "@/components/boards/board-values";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
import { useEdit } from "@/components/forms/use-edit";
import { useFormat } from "@/components/use-format";
import type { BoardCreation, BoardSettings } from "@/lib/schemas/boards";
import type { BoardChoices } from "@/lib/schemas/views";

/** Changes a board's settings. What somebody else changed meanwhile is not overwritten, and what was typed is not lost. */
export function EditBoard({
  settings,
  choices,
  onSaved,
}: {
  settings: BoardSettings;
  choices: BoardChoices;
  onSaved: (settings: BoardSettings) => void;
}) {
  const t = useTranslations("boards");
  const format = useFormat();
  const [opened, setOpened] = useState(settings);
  const [said, setSaid] = useState<string | null>(null);
  const path = `/api/v1/boards/${settings.slug}`;
  const form = useForm<BoardValues, unknown, BoardCreation>({
    defaultValues: valuesOf(settings),
    resolver: boardResolver(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const show = (saved: BoardSettings, text: string) => {
    setOpened(saved);
    form.reset(valuesOf(saved));
    onSaved(saved);
    setSaid(text);
  };
  const { save, notice } = useEdit<ReturnType<typeof changesOf>>({
    send: async (changes, version) =>
      show(await callApi<BoardSettings>(path, { body: { ...changes, version } }), t("edit.saved")),
    theirs: async (changes) => differencesOf(t, format, changes, await callApi<BoardSettings>(path)),
    onTake: async () => show(await callApi<BoardSettings>(path), t("edit.newest")),
    onError: (thrown) => reportError(form, thrown),
  });
  const submit = form.handleSubmit(async (body) => {
    setSaid(null);
    const changes = changesOf(opened, body);
    if (Object.keys(changes).length === 0) return setSaid(t("edit.unchanged"));
    // The version of the page, not of this form: letting a board rest and bringing it back are changes of the same person's.
    await save(changes, settings.version);
  });

  return (
    <FormProvider {...form}>
      <form
        className="grid max-w-3xl gap-12"
        noValidate
        aria-label={t("edit.label")}
        onSubmit={(event) => void submit(event)}
      >
        <BoardFields choices={choices} fixed={{ task: true, promptSet: settings.votes > 0 }} opened />
        <div className="grid gap-3">
          {notice}
          <FormProblem />
          <div className="flex flex-wrap items-center gap-4">
            <button type="submit" className="button-primary" disabled={isSubmitting}>
              {isSubmitting ? t("edit.saving") : t("edit.save")}
            </button>
            <p role="status" className="text-muted text-sm">
              {said}
            </p>
          </div>
        </div>
      </form>
    </FormProvider>
  );
}
