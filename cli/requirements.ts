import { SalonError } from "@/lib/errors";
import {
  checkRequirement,
  figureOf,
  parseRequirement,
  type Figure,
  type Requirement,
} from "@/lib/metrics/requirement";
import { shown } from "./metric-input";
import { table } from "./table";

/** Below so many samples a value says too little to let anything pass, unless told otherwise. */
export const LEAST_N = 10;

/** Reads all requirements before anything is done. @throws SalonError naming the first that is none */
export const parseRequirements = (texts: readonly string[]): Requirement[] => texts.map(parseRequirement);

/**
 * Holds figures against requirements.
 * @param level coverage of the figures' intervals
 * @returns a table for the reader, and whether all passed
 * @throws SalonError for a name or a level that is not there
 */
export function checkRequirements(
  requirements: readonly Requirement[],
  figures: ReadonlyMap<string, Figure>,
  { least, level }: { least: number; level: number },
) {
  const results = requirements.map((requirement) => {
    if (requirement.level !== null && Math.abs(requirement.level - level) > 1e-9) {
      throw new SalonError(
        "invalid_request",
        `${requirement.text}: the intervals are of ${100 * level}%, so only @${100 * level} can be asked for.`,
      );
    }
    const figure = figureOf(requirement, figures);
    return { requirement: requirement.text, ...checkRequirement(requirement, figure, least), figure };
  });
  const rows = results.map(({ requirement, verdict, reason, figure: { value, low, high, n } }) => {
    const interval = low === null || high === null ? "-" : `[${shown(low)}, ${shown(high)}]`;
    return [requirement, verdict, shown(value), interval, String(n), reason ?? ""];
  });
  const header = ["requirement", "verdict", "value", `${100 * level}% interval`, "n", ""];
  return {
    passed: results.every(({ verdict }) => verdict === "pass"),
    results,
    text: table([header, ...rows]),
  };
}
