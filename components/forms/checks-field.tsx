import type { ReactNode } from "react";
import { useController, type FieldValues, type Path } from "react-hook-form";
import { FieldNote } from "@/components/forms/text-field";

/** A group of boxes of the form around it that together hold a list of texts, with its error. */
export function ChecksField<Values extends FieldValues>({
  name,
  legend,
  hint,
  options,
}: {
  name: Path<Values>;
  legend: string;
  hint?: ReactNode;
  /** isKept: one that cannot be unticked. */
  options: { value: string; label: string; note?: ReactNode; isKept?: boolean }[];
}) {
  const { field, fieldState } = useController<Values>({ name });
  const ticked = field.value as string[];
  const error = fieldState.error?.message;
  return (
    <fieldset aria-describedby={error || hint ? `${name}-hint` : undefined}>
      <legend className="text-sm font-medium">{legend}</legend>
      <ul className="mt-2 grid gap-2">
        {options.map(({ value, label, note, isKept = false }, index) => (
          <li key={value}>
            <label className="flex items-start gap-3 text-sm">
              <input
                ref={index === 0 ? field.ref : undefined}
                type="checkbox"
                className="mt-0.5 size-4 accent-(--accent)"
                checked={ticked.includes(value)}
                disabled={isKept && ticked.includes(value)}
                onBlur={field.onBlur}
                onChange={({ target: { checked } }) =>
                  field.onChange(checked ? [...ticked, value] : ticked.filter((each) => each !== value))
                }
              />
              <span className="min-w-0 break-words">
                {label}
                {note && <span className="text-muted block">{note}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <FieldNote id={name} error={error} hint={hint} />
    </fieldset>
  );
}
