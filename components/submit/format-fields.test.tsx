import { cleanup, render, screen } from "@testing-library/react";
import { FormProvider, useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { FormatFields } from "@/components/submit/format-fields";
import { EMPTY_FORM, type FormValues } from "@/components/submit/form-values";
import type { BoardTask } from "@/lib/schemas/views";

function Fields({ task, ...values }: { task: BoardTask } & Partial<FormValues>) {
  const form = useForm<FormValues>({ defaultValues: { ...EMPTY_FORM, ...values } });
  return (
    <FormProvider {...form}>
      <FormatFields task={task} />
    </FormProvider>
  );
}

test.each([
  [
    "TEXT_TO_VIDEO",
    { endpointUrl: "https://me.openai.azure.com/openai/v1" },
    /Azure OpenAI serves no videos here/,
  ],
  ["IMAGE_EDIT", { format: "together" }, /Together serves no edits of images here/],
  ["IMAGE_EDIT", { format: "gemini" }, null],
  ["TEXT_TO_VIDEO", { format: "runway" }, null],
  ["TEXT_TO_IMAGE", { format: "together" }, null],
] as const)("a board of %s: %j is said not to serve it where it does not", (task, values, words) => {
  cleanup();
  render(<Fields task={task} {...values} />);
  if (words === null) expect(screen.queryByText(/serves no/)).toBeNull();
  else expect(screen.getByText(words)).toBeTruthy();
});
