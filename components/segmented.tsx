"use client";

import type { KeyboardEvent } from "react";

/** How far a key moves the choice. */
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A few exclusive choices in one control, one stop of the Tab key; the arrow keys move the choice, around the ends too. */
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
  const move = (event: KeyboardEvent<HTMLElement>, from: number) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = (from + step + keys.length) % keys.length;
    const choices = event.currentTarget.parentElement?.children;
    (choices?.[to] as HTMLElement | undefined)?.focus();
    onChange(keys[to]);
  };
  return (
    <div role="radiogroup" aria-label={label} className="bg-sunk inline-flex rounded-md p-0.5 text-xs">
      {keys.map((key, at) => (
        <button
          key={key}
          type="button"
          role="radio"
          aria-checked={key === value}
          tabIndex={key === value ? 0 : -1}
          onClick={() => onChange(key)}
          onKeyDown={(event) => move(event, at)}
          className="text-muted aria-checked:bg-paper aria-checked:text-ink min-h-8 rounded px-3 aria-checked:shadow-sm"
        >
          {options[key]}
        </button>
      ))}
    </div>
  );
}
