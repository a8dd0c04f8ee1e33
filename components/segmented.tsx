"use client";

import { RadioGroup } from "radix-ui";

/** A few exclusive choices in one control; the arrow keys move the choice. */
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
  const keys = Object.keys(options) as Key[];
  return (
    <RadioGroup.Root
      orientation="horizontal"
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChange(chosen as Key)}
      className="bg-sunk inline-flex rounded-md p-0.5 text-xs"
    >
      {keys.map((key) => (
        <RadioGroup.Item
          key={key}
          value={key}
          className="text-muted aria-checked:bg-paper aria-checked:text-ink min-h-8 rounded px-3 aria-checked:shadow-sm"
        >
          {options[key]}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
