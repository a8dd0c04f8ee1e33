import { counted, day, dollars, significant } from "@/components/format";
import type { DriftFinding, DriftView } from "@/lib/schemas/endpoints/drift";

/** A distance with its interval and over how many prompts; empty where nothing was compared. */
const distanceText = ({ distance, low, high, prompts }: DriftFinding): string =>
  distance === null
    ? ""
    : ` (distance ${significant(distance)} grey levels, 97% interval ${significant(low)} to ${significant(high)}, ${counted(prompts, "prompt")})`;

/** What everybody is told of a change. */
export const changedText = (changed: DriftFinding): string =>
  `The model behind this name seems to have changed on ${day(changed.at)}${distanceText(changed)}.`;

/** What everybody is told of a version that was begun by hand. */
export const splitText = (splitAt: string): string =>
  `A new version of this model counts from ${day(splitAt)} on: votes on images made before are left out of its rating, and stay in the log.`;

/** What the last check found. */
export function lastText(last: DriftFinding): string {
  const found = {
    first: "drew the first images, to which the next ones are compared",
    unchanged: `found no change${distanceText(last)}`,
    changed: `found a change${distanceText(last)}`,
    unknown: "got too few images to tell",
  }[last.verdict];
  return `The check of ${day(last.at)} ${found}.`;
}

/** What a check costs, before it is switched on. */
export function checkCostText({ images, costUsd }: NonNullable<DriftView["watch"]>): string {
  const cost =
    costUsd === null
      ? "which cost what your provider takes"
      : costUsd === 0
        ? "at no cost"
        : `about ${dollars(costUsd)}`;
  return `Each check draws ${counted(images, "sample")}, ${cost}. It counts towards what the model has cost.`;
}
