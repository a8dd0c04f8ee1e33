import { BARS } from "@/lib/rubrics/report/standing";

/** The bars of a judge's report card as positions between 0 and 1, for drawing. */
export function readJudgeBars(): Record<keyof typeof BARS, number[]> {
  const places = (bar: { least?: number; most?: number }) =>
    [bar.least, bar.most].filter((value) => value !== undefined);
  return {
    accuracy: places(BARS.accuracy),
    orderFlips: places(BARS.orderFlips),
    failures: places(BARS.failures),
    defectsSeen: places(BARS.defectsSeen),
    instructionsWin: places(BARS.instructionsWin),
  };
}
