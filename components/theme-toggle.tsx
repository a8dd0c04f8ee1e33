"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Steps through the system's theme, light and dark; remembered in this browser. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => {
    const stored = document.documentElement.dataset.theme;
    if (stored === "light" || stored === "dark") setTheme(stored);
  }, []);
  const choose = (next: Theme) => {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("salon-theme", next);
    } catch {
      // Private windows may refuse storage: the theme then lasts for this page only.
    }
  };
  const Icon = ICONS[theme];
  return (
    <button
      type="button"
      onClick={() => choose(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length])}
      className="text-muted hover:text-ink grid size-11 shrink-0 place-items-center rounded-md"
      aria-label={`Theme: ${theme}. Change it.`}
      title={`Theme: ${theme}`}
    >
      <Icon className="size-[1.125rem]" aria-hidden="true" />
    </button>
  );
}
