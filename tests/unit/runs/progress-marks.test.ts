import { expect, test } from "vitest";
import { dueProgress } from "@/lib/runs/progress-marks";

test.each([
  [49, 1000, 0, null, "before the first mark"],
  [50, 1000, 0, 50, "at the first mark"],
  [99, 1000, 50, null, "between marks that were scored"],
  [260, 1000, 50, 250, "past several marks only the last is scored"],
  [1000, 1000, 500, null, "the whole run is scored at its end, not by a mark"],
  [30, 30, 0, null, "a short run has none"],
] as const)(
  "of %i of %i prompts, scored to %i: %s (%s)",
  (answered: number, promptCount: number, scored: number, due: number | null, _: string) => {
    expect(dueProgress(answered, promptCount, scored)).toBe(due);
  },
);
