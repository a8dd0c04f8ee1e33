import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { asApiError } from "@/components/api-client";

/** Shows a request's refusal at the field that it names, which then has the focus; below the form if it names none. */
export function reportError<Values extends FieldValues, Body>(
  form: UseFormReturn<Values, unknown, Body>,
  thrown: unknown,
): void {
  const { field, message } = asApiError(thrown);
  // The API names a field inside of a list by its path: metrics.0.encoder.
  if (field !== null && field.split(".")[0] in form.getValues())
    form.setError(field as Path<Values>, { type: "server", message }, { shouldFocus: true });
  else form.setError("root", { type: "server", message });
}
