import type { useTranslations } from "next-intl";

type Difference = { field: string; first: string; second: string };

/** "number of samples 100 against 1000; reference 3f2a… against 91bc…" */
export function differencesText(
  t: ReturnType<typeof useTranslations<"site.differences">>,
  differences: readonly Difference[],
): string {
  const short = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text);
  // Different prompts are always more or fewer ones here, and their number says it better than a hash.
  const told = differences.filter(({ field }) => field !== "prompts" || differences.length === 1);
  return told
    .map(({ field, first, second }) =>
      t("against", { field, name: field, first: short(first), second: short(second) }),
    )
    .join("; ");
}
