import type { ChangeEvent } from "react";
import { useFormContext, type FieldValues, type Path } from "react-hook-form";
import { FieldNote } from "@/components/forms/text-field";

/** A labelled select of the form around it, with its error. */
export function ChoiceField<Values extends FieldValues>({
  name,
  idPrefix = "",
  label,
  options,
  onChosen,
}: {
  name: Path<Values>;
  /** In front of the name, where a page has other things of that id. */
  idPrefix?: string;
  label: string;
  /** A label that is a name, the same in every language, says so. */
  options: [value: string, label: string, kind?: "name"][];
  onChosen?: (value: string) => void;
}) {
  const { register, clearErrors, getFieldState, getValues, formState } = useFormContext<Values>();
  const error = getFieldState(name, formState).error?.message;
  const id = idPrefix + name;
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <select
        {...register(name, {
          onChange: ({ target }: ChangeEvent<HTMLSelectElement>) => {
            clearErrors(name);
            onChosen?.(target.value);
          },
        })}
        id={id}
        // So that the page shows it before its script has come.
        defaultValue={String(getValues(name))}
        className="field mt-1.5 min-h-[2.625rem]"
        aria-invalid={Boolean(error)}
        aria-describedby={error ? `${id}-hint` : undefined}
      >
        {options.map(([value, text, kind]) => (
          <option key={value} value={value} translate={kind && "no"}>
            {text}
          </option>
        ))}
      </select>
      <FieldNote id={id} error={error} />
    </div>
  );
}
