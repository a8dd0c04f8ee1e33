import type { HTMLInputTypeAttribute, ReactNode } from "react";
import type { FieldErrors, FormValues } from "@/components/submit/form-values";

type TextKey = { [Key in keyof FormValues]: FormValues[Key] extends string ? Key : never }[keyof FormValues];

export type FieldProps = {
  name: TextKey;
  label: string;
  hint?: ReactNode;
  values: FormValues;
  errors: FieldErrors;
  onChange: (change: Partial<FormValues>) => void;
  type?: HTMLInputTypeAttribute;
  required?: boolean;
  placeholder?: string;
  suggestions?: string[];
  inputMode?: "decimal" | "numeric" | "url";
  autoComplete?: string;
};

/** A labelled input with its hint and its error, tied together for screen readers. */
export function Field({
  name,
  label,
  hint,
  values,
  errors,
  onChange,
  suggestions,
  required,
  ...input
}: FieldProps) {
  const error = errors[name];
  return (
    <div>
      <label htmlFor={name} className="block text-sm font-medium">
        {label}
        {!required && <span className="text-muted font-normal"> (optional)</span>}
      </label>
      <input
        {...input}
        id={name}
        name={name}
        required={required}
        className="field mt-1.5"
        value={values[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
        aria-invalid={Boolean(error)}
        aria-describedby={error || hint ? `${name}-hint` : undefined}
        list={suggestions ? `${name}-suggestions` : undefined}
        autoComplete={input.autoComplete ?? "off"}
        spellCheck={false}
      />
      {suggestions && (
        <datalist id={`${name}-suggestions`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {(error || hint) && (
        <p id={`${name}-hint`} className={`mt-1.5 text-sm ${error ? "text-alarm" : "text-muted"}`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
