"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

const THEMES = ["system", "light", "dark"] as const;
const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Steps through the system's theme, light and dark. */
export function ThemeToggle() {
  const t = useTranslations("site.theme");
  const { theme: chosen, setTheme } = useTheme();
  // The server does not know what this browser remembers: until the page is alive it is the system's.
  const isAlive = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  const theme = (isAlive && THEMES.find((each) => each === chosen)) || "system";
  const Icon = ICONS[theme];
  return (
    <button
      type="button"
      onClick={() => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length])}
      className="text-muted hover:text-ink grid size-11 shrink-0 place-items-center rounded-md"
      aria-label={t("change", { theme })}
      title={t("current", { theme })}
    >
      <Icon className="size-[1.125rem]" aria-hidden="true" />
    </button>
  );
}
