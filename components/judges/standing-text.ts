import { count, percent, type Format } from "@/components/format";
import { pauseText, type JudgeWords } from "@/components/judges/pause-text";
import type { JudgeList, JudgeListResponse } from "@/lib/schemas/judges/judging";
import type { Demotion, JudgeMeasure, StandingReason } from "@/lib/schemas/judges/judge-report";

const DOES: Record<JudgeMeasure, string> = {
  accuracy: "agrees with people",
  orderFlips: "changes its mind with the order of the images",
  failures: "gives no verdict",
  defectsSeen: "sees planted defects",
  instructionsWin: "lets an instruction written into an image win",
};

const MISSING: Record<JudgeMeasure, string> = {
  accuracy: "its agreement with people",
  orderFlips: "the order of the images",
  failures: "missing verdicts",
  defectsSeen: "planted defects",
  instructionsWin: "instructions written into images",
};

/** Why a judge stands where it does, in the page's language; a reason that an earlier release stored as a sentence is shown as it is. */
export function reasonWords(t: JudgeWords, format: Format, reason: StandingReason): string {
  if (typeof reason === "string") return reason;
  if (reason.code === "unmeasured")
    return t("standing.unmeasured", {
      measures: reason.measures.map((measure) => t(`standing.missing.${measure}`)).join(", "),
    });
  const { code, measure, value, low, high, n, bar } = reason;
  const [share, from, to, limit] = [value, low, high, bar].map((each) => format.percent(each));
  return t("standing.beyond", { code, measure, n, value: share!, low: from!, high: to!, bar: limit! });
}

/** Why a judge is demoted, board by board, in the page's language; null: it is not. */
export function demotionWords(
  t: JudgeWords,
  format: Format,
  demotedFor: readonly Demotion[] | null,
): string | null {
  return (
    demotedFor &&
    demotedFor
      .map(({ board, reason }) => t("standing.onBoard", { board, reason: reasonWords(t, format, reason) }))
      .join(" ")
  );
}

/** Why a judge stands where it does, as the API says it; a reason that an earlier release stored as a sentence is shown as it is. */
export function reasonText(reason: StandingReason): string {
  if (typeof reason === "string") return reason;
  if (reason.code === "unmeasured")
    return `Not measured yet: ${reason.measures.map((measure) => MISSING[measure]).join(", ")}.`;
  const { code, measure, value, low, high, n, bar } = reason;
  return `It ${DOES[measure]} in ${percent(value)} of ${count(n)} (95% interval ${percent(low)} to ${percent(high)}), which is ${code} the bar of ${percent(bar)}.`;
}

/** Why a judge is demoted, board by board, as the API says it; null: it is not. */
export function demotionText(demotedFor: readonly Demotion[] | null): string | null {
  return demotedFor && demotedFor.map(({ board, reason }) => `${board}: ${reasonText(reason)}`).join(" ");
}

/** The judges with why they are paused or demoted in words, as the API promises it. */
export function withStandingTexts(list: JudgeList): JudgeListResponse {
  return {
    ...list,
    judges: list.judges.map((judge) => ({
      ...judge,
      stateReason: judge.pausedFor && pauseText(judge.pausedFor),
      demotedReason: demotionText(judge.demotedFor),
    })),
  };
}
