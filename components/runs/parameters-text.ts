import type { RunWords } from "@/components/runs/page-text";
import type { RunParameters } from "@/lib/schemas/run-parameters";

/** What a run's endpoint is asked for, as labelled facts: those that are not said are left out. */
export function parameterFacts(t: RunWords, parameters: RunParameters): [label: string, value: string][] {
  const { imageSize, steps, guidance, negativePrompt, extraFields, extraHeaders } = parameters;
  const facts: [string, string | null][] = [
    [t("parameters.imageSize"), imageSize],
    [t("parameters.seeds"), seedsText(t, parameters.seeds)],
    [t("parameters.steps"), steps === null ? null : String(steps)],
    [t("parameters.guidance"), guidance === null ? null : String(guidance)],
    [t("parameters.negativePrompt"), negativePrompt],
    ...Object.entries(extraFields).map(([name, value]): [string, string] => [name, String(value)]),
    ...Object.entries(extraHeaders).map(([name, value]): [string, string] => [
      t("parameters.header", { name }),
      value,
    ]),
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

/** The same in a few words, for a line that has the run's other facts: "steps 30, seeds 7 5". Empty where nothing is said. */
export function saidParameters(
  t: RunWords,
  { seeds, steps, guidance, extraFields, extraHeaders }: RunParameters,
): string {
  const said = (name: "steps" | "guidance" | "seeds", value: number | string | null) =>
    value === null ? [] : [t("parameters.said", { name, value: String(value) })];
  return [
    ...said("steps", steps),
    ...said("guidance", guidance),
    ...Object.entries({ ...extraFields, ...extraHeaders }).map(([name, value]) => `${name} ${value}`),
    ...(seeds === "none" ? [t("parameters.noSeeds")] : []),
    ...(Array.isArray(seeds) ? said("seeds", seeds.join(" ")) : []),
  ].join(", ");
}

function seedsText(t: RunWords, seeds: RunParameters["seeds"]): string {
  if (seeds === "per-prompt") return t("parameters.perPrompt");
  if (seeds === "none") return t("parameters.none");
  return t("parameters.list", { seeds: seeds.join(", ") });
}
