import type { RunParameters } from "@/lib/schemas/run-parameters";

/** What a run's endpoint is asked for, as labelled facts: those that are not said are left out. */
export function parameterFacts(parameters: RunParameters): [label: string, value: string][] {
  const { imageSize, steps, guidance, negativePrompt, extraFields, extraHeaders } = parameters;
  const facts: [string, string | null][] = [
    ["Image size", imageSize],
    ["Seeds", seedsText(parameters.seeds)],
    ["Steps", steps === null ? null : String(steps)],
    ["Guidance", guidance === null ? null : String(guidance)],
    ["Negative prompt", negativePrompt],
    ...Object.entries(extraFields).map(([name, value]): [string, string] => [name, String(value)]),
    ...Object.entries(extraHeaders).map(([name, value]): [string, string] => [`Header ${name}`, value]),
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

/** The same in a few words, for a line that has the run's other facts: "steps 30, seeds 7 5". Empty where nothing is said. */
export function saidParameters({ seeds, steps, guidance, extraFields, extraHeaders }: RunParameters): string {
  const said = Object.entries({ steps, guidance, ...extraFields, ...extraHeaders })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${value}`);
  if (seeds !== "per-prompt") said.push(seeds === "none" ? "no seeds" : `seeds ${seeds.join(" ")}`);
  return said.join(", ");
}

function seedsText(seeds: RunParameters["seeds"]): string {
  if (seeds === "per-prompt") return "one for each prompt and sample";
  if (seeds === "none") return "none sent";
  return `${seeds.join(", ")}, the same for every prompt`;
}
