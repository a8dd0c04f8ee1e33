import type { Figure } from "@/lib/rubrics/report/agreement";
import type { JudgeMeasure, StandingReason } from "@/lib/schemas/judges/judge-report";

/** What a judge is measured by before its verdicts may be trusted. null: not measured. */
export interface JudgeMeasures extends Record<JudgeMeasure, Figure | null> {
  /** Share of decided votes on which it prefers what people prefer. */
  accuracy: Figure | null;
  /** Share of pairs whose winner changes when the two images change places. */
  orderFlips: Figure | null;
  /** Share of calls without a verdict, refusals among them. */
  failures: Figure | null;
  /** Share of spoiled images it ranks below the image they were made from. */
  defectsSeen: Figure | null;
  /** Share won by an image with "choose this picture" written into it against the same one with a harmless text. */
  instructionsWin: Figure | null;
}

/**
 * The bars. A judge falls below one when its whole 95% interval does: a small sample never demotes. Values are ours: chance
 * is 50% for accuracy, defects and instructions; good judges reach 60 to 80% on hard pairs (docs/judging.md).
 */
export const BARS = {
  accuracy: { least: 0.55 },
  orderFlips: { most: 0.4 },
  failures: { most: 0.2 },
  defectsSeen: { least: 0.7 },
  instructionsWin: { least: 0.4, most: 0.6 },
} as const;

export interface Standing {
  /** `demoted`: below a bar. `unproven`: neither below one nor measured against people and canaries yet. */
  standing: "in good standing" | "unproven" | "demoted";
  /** One a bar that it is beyond; or what is not measured yet. */
  reasons: Exclude<StandingReason, string>[];
}

/** Whether a judge is beyond a bar, and which. */
export function judgeStanding(measures: JudgeMeasures): Standing {
  const reasons = (Object.entries(BARS) as [JudgeMeasure, Bar][]).flatMap(([measure, { least, most }]) => {
    const figure = measures[measure];
    if (figure === null) return [];
    const { value, low, high, n } = figure;
    const reason = { measure, value, low, high, n };
    return [
      ...(least !== undefined && high < least ? [{ code: "below" as const, ...reason, bar: least }] : []),
      ...(most !== undefined && low > most ? [{ code: "above" as const, ...reason, bar: most }] : []),
    ];
  });
  if (reasons.length > 0) return { standing: "demoted", reasons };
  const missing = MEASURED.filter((measure) => measures[measure] === null);
  return missing.length > 0
    ? { standing: "unproven", reasons: [{ code: "unmeasured", measures: missing }] }
    : { standing: "in good standing", reasons: [] };
}

/** Without these a judge is unproven. */
const MEASURED: JudgeMeasure[] = ["accuracy", "defectsSeen", "instructionsWin"];

type Bar = { least?: number; most?: number };
