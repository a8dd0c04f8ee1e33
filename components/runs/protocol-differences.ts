const FIELDS: Record<string, string> = {
  metric: "metric",
  encoder: "encoder",
  preprocessing: "preprocessing",
  samples: "number of samples",
  reference: "reference",
  prompts: "prompts",
  codeVersion: "version of the code",
};

/** "number of samples 100 against 1000; reference 3f2a… against 91bc…" */
export function differencesText(differences: { field: string; first: string; second: string }[]): string {
  const short = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text);
  // Different prompts are always more or fewer ones here, and their number says it better than a hash.
  const told = differences.filter(({ field }) => field !== "prompts" || differences.length === 1);
  return told
    .map(({ field, first, second }) => `${FIELDS[field] ?? field} ${short(first)} against ${short(second)}`)
    .join("; ");
}
