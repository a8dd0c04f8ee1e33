import { useTranslations } from "next-intl";
import type { HTMLInputTypeAttribute, ReactNode } from "react";
import { useFormContext, type FieldValues, type Path } from "react-hook-form";

type TextFieldProps<Values extends FieldValues> = {
  name: Path<Values>;
  /** In front of the name, where a page has other things of that id. */
  idPrefix?: string;
  label: string;
  hint?: ReactNode;
  type?: HTMLInputTypeAttribute;
  required?: boolean;
  placeholder?: string;
  /** Of a placeholder that is the same in every language. */
  translate?: "no";
  suggestions?: string[];
  inputMode?: "decimal" | "numeric" | "url";
  autoComplete?: string;
};

/** A labelled input of the form around it with its hint and its error, tied together for screen readers. */
export function TextField<Values extends FieldValues>({
  name,
  idPrefix = "",
  label,
  hint,
  suggestions,
  required,
  ...input
}: TextFieldProps<Values>) {
  const t = useTranslations("site.forms");
  const { register, clearErrors, getFieldState, formState } = useFormContext<Values>();
  const error = getFieldState(name, formState).error?.message;
  const id = idPrefix + name;
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
        {!required && <span className="text-muted font-normal"> {t("optional")}</span>}
      </label>
      <input
        {...input}
        {...register(name, { onChange: () => clearErrors(name) })}
        id={id}
        required={required}
        className="field mt-1.5"
        aria-invalid={Boolean(error)}
        aria-describedby={error || hint ? `${id}-hint` : undefined}
        list={suggestions ? `${id}-suggestions` : undefined}
        autoComplete={input.autoComplete ?? "off"}
        spellCheck={false}
      />
      {suggestions && (
        <datalist id={`${id}-suggestions`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      <FieldNote id={id} error={error} hint={hint} />
    </div>
  );
}

/** Below an input of this id: its error, or else its hint. */
export function FieldNote({ id, error, hint }: { id: string; error?: string; hint?: ReactNode }) {
  if (!error && !hint) return null;
  return (
    <p id={`${id}-hint`} className={`mt-1.5 text-sm break-words ${error ? "text-alarm" : "text-muted"}`}>
      {error ?? hint}
    </p>
  );
}
