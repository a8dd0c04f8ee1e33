"use client";

/** A few exclusive choices in one control. */
export function Segmented<Key extends string>({
  value,
  onChange,
  options,
  label,
}: {
  value: Key;
  onChange: (key: Key) => void;
  options: Record<Key, string>;
  label: string;
}) {
  return (
    <div role="group" aria-label={label} className="bg-sunk inline-flex rounded-md p-0.5 text-xs">
      {(Object.keys(options) as Key[]).map((key) => (
        <button
          key={key}
          type="button"
          aria-pressed={value === key}
          onClick={() => onChange(key)}
          className="text-muted aria-pressed:bg-paper aria-pressed:text-ink min-h-8 rounded px-3 aria-pressed:shadow-sm"
        >
          {options[key]}
        </button>
      ))}
    </div>
  );
}
