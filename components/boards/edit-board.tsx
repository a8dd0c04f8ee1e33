"use client";

import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { asApiError, callApi } from "@/components/api-client";
import { BoardFields } from "@/components/boards/board-fields";
import {
  boardResolver,
  changesOf,
  onNewest,
  valuesOf,
  type BoardValues,
} from "@/components/boards/board-values";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
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
  const [opened, setOpened] = useState(settings);
  const [isStale, setIsStale] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const path = `/api/v1/boards/${settings.slug}`;
  const form = useForm<BoardValues, unknown, BoardCreation>({
    defaultValues: valuesOf(settings),
    resolver: boardResolver,
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;

  const save = form.handleSubmit(async (body) => {
    setSaid(null);
    const changes = changesOf(opened, body);
    if (Object.keys(changes).length === 0) return setSaid("Nothing has changed.");
    try {
      // The version of the page, not of this form: letting a board rest and bringing it back are changes of the same person's.
      const saved = await callApi<BoardSettings>(path, { body: { ...changes, version: settings.version } });
      setOpened(saved);
      form.reset(valuesOf(saved));
      onSaved(saved);
      setSaid("Saved.");
    } catch (thrown) {
      const { code, field } = asApiError(thrown);
      if (code === "conflict" && field === "version") setIsStale(true);
      else reportError(form, thrown);
    }
  });
  const takeNewest = async () => {
    try {
      const newest = await callApi<BoardSettings>(path);
      const typed = form.getValues();
      form.reset(onNewest(valuesOf(opened), typed, valuesOf(newest)));
      setOpened(newest);
      onSaved(newest);
      setIsStale(false);
      setSaid("These are the newest settings, with your changes. Save them when they are right.");
    } catch (thrown) {
      reportError(form, thrown);
    }
  };

  return (
    <FormProvider {...form}>
      <form
        className="grid max-w-3xl gap-12"
        noValidate
        aria-label="Settings"
        onSubmit={(event) => void save(event)}
      >
        <BoardFields choices={choices} fixed={{ task: true, promptSet: settings.votes > 0 }} opened />
        <div className="grid gap-3">
          {isStale && (
            <div role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm">
              <p>
                Somebody changed this board since you opened it. Nothing was saved, and what you typed is
                still here.
              </p>
              <button type="button" className="link mt-2" onClick={() => void takeNewest()}>
                Load the newest settings and keep my changes
              </button>
            </div>
          )}
          <FormProblem />
          <div className="flex flex-wrap items-center gap-4">
            <button type="submit" className="button-primary" disabled={isSubmitting}>
              {isSubmitting ? "Saving" : "Save"}
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
