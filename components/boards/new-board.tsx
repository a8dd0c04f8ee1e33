"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { BoardFields } from "@/components/boards/board-fields";
import { boardResolver, newBoardValues, type BoardValues } from "@/components/boards/board-values";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
import type { BoardCreation } from "@/lib/schemas/boards";
import type { BoardChoices } from "@/lib/schemas/views";

/** Makes a board, and goes on to its settings, where models are let on and people invited. */
export function NewBoard({ choices }: { choices: BoardChoices }) {
  const t = useTranslations("boards");
  const router = useRouter();
  const form = useForm<BoardValues, unknown, BoardCreation>({
    defaultValues: newBoardValues(choices.promptSets[0]?.slug ?? ""),
    resolver: boardResolver(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting, isSubmitSuccessful, errors } = form.formState;
  // Until the settings page has come.
  const isSent = isSubmitting || (isSubmitSuccessful && Object.keys(errors).length === 0);
  const make = form.handleSubmit(async (body) => {
    try {
      const { slug } = await callApi<{ slug: string }>("/api/v1/boards", { body });
      router.push(`/boards/${slug}/settings`);
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="mt-10 grid max-w-3xl gap-12" noValidate onSubmit={(event) => void make(event)}>
        <BoardFields choices={choices} fixed={{ task: false, promptSet: false }} />
        <div className="grid gap-3">
          <FormProblem />
          <button type="submit" className="button-primary w-fit" disabled={isSent}>
            {isSent ? t("new.making") : t("new.make")}
          </button>
        </div>
      </form>
    </FormProvider>
  );
}
