import type { useTranslations } from "next-intl";

/** In the order in which they are looked for: most browsers also name those that they descend from. */
const BROWSERS = [
  ["Edge", /\bEdg/],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /\bChrom(e|ium)\//],
  ["Safari", /\bSafari\//],
] as const;
const SYSTEMS = [
  ["Android", /\bAndroid\b/],
  ["iOS", /\b(iPhone|iPad)\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
] as const;

const firstOf = (list: readonly (readonly [string, RegExp])[], text: string) =>
  list.find(([, pattern]) => pattern.test(text))?.[0];

/** A browser's name by its User-Agent, such as "Firefox on Linux", as far as it can be told. */
export function browserName(t: ReturnType<typeof useTranslations<"account">>, userAgent: string): string {
  const [browser, system] = [firstOf(BROWSERS, userAgent), firstOf(SYSTEMS, userAgent)];
  if (browser === undefined)
    return system === undefined ? t("browser.unknown") : t("browser.system", { system });
  return system === undefined ? browser : t("browser.both", { browser, system });
}
