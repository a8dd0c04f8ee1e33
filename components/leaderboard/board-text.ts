import { count, counted } from "@/components/format";
import { withCaveatTexts } from "@/components/caveat-text";
import { demotionText } from "@/components/judges/standing-text";
import { samplesWord, sampleWord } from "@/components/sample-word";
import { styleUnit } from "@/components/style-text";
import type {
  IntervalsNote,
  Leaderboard,
  LeaderboardResponse,
  StyleControl,
  WithJudge,
} from "@/lib/schemas/leaderboard";

const NO_VOTES = "No vote has been counted yet.";
const GO_TOGETHER = { voter: "votes of one voter", prompt: "votes on one prompt" };

/** What a board's intervals allow for, and of whom they speak. */
export function intervalsText({ clusteredBy, clusters }: IntervalsNote): string {
  const used = clusters.filter(({ label }) => clusteredBy.includes(label));
  const few = clusters.filter((each) => !clusteredBy.includes(each.label) && each.clusters > 0);
  const allowedFor =
    used.length === 0
      ? "Intervals take every vote as independent."
      : `Intervals allow for ${used.map(({ label }) => GO_TOGETHER[label]).join(" and ")} going together: ${used.map(sizeText).join(" and ")}.`;
  if (few.length === 0) return allowedFor;
  const isOne = few.length === 1 && few[0].clusters === 1;
  return `${allowedFor} ${few.map(sizeText).join(" and ")} ${isOne ? "is" : "are"} too few to show how much ${few.map(({ label }) => `${label}s`).join(" and ")} differ, so the intervals speak of these alone.`;
}

/** Few heavy voters say less than their number: it is given where it matters. */
function sizeText({ label, clusters, effective }: IntervalsNote["clusters"][number]): string {
  const worth = effective < 0.75 * clusters ? ` (worth ${count(Math.round(effective))} of equal weight)` : "";
  return `${counted(clusters, label)}${worth}`;
}

type Made = { isVideo: boolean };

/** Why there is no style-controlled fit. */
export function styleMissingText(missing: NonNullable<StyleControl["missing"]>, of: Made): string {
  switch (missing.code) {
    case "no_votes":
      return NO_VOTES;
    case "unmeasured":
      return `${counted(missing.images, `${sampleWord(of)} is`, `${samplesWord(of)} are`)} not measured yet; the fit follows by itself.`;
    case "too_few_votes":
      return `There are ${count(missing.votes)} of the ${count(missing.needed)} votes that telling style from quality takes.`;
    case "being_made":
      return "The fit is being made.";
  }
}

/** What a judge is worth on a board, or why it cannot be said. */
export function judgeText({ judge, missing, ...worth }: WithJudge, of: Made): string {
  if (missing?.code === "no_votes") return NO_VOTES;
  if (missing?.code === "too_few_labelled")
    return `${judge.name} has judged ${count(missing.labelled)} of the ${samplesWord(of)} people voted on; measuring it against them takes ${count(missing.needed)}.`;
  if (missing?.code === "being_made") return `${judge.name} has judged enough; the fit follows by itself.`;
  if (worth.judgeOnly === 0)
    return `${judge.name} has judged no pair beyond those that people voted on, so it adds nothing yet.`;
  const more = Math.round((worth.effectiveVotes ?? worth.votes) - worth.votes);
  const trusted = `It is trusted with ${(worth.lambda ?? 0).toFixed(2)} of 1 (λ): where both spoke of the same two ${samplesWord(of)}, its word and people's correlate by ${(worth.correlation ?? 0).toFixed(2)}.`;
  if (more < 1)
    return `${judge.name} is worth no vote on this board: it does not agree with people enough to help. ${trusted}`;
  return `${judge.name} is worth ${counted(more, "extra vote")} on this board. ${trusted}`;
}

/** A board with its codes and numbers in words too, as the API promises it. */
export function withTexts(board: Leaderboard): LeaderboardResponse {
  const { snapshot, withJudge, styleControl } = board;
  return {
    ...board,
    rows: board.rows.map((row) => ({ ...row, metrics: withCaveatTexts(row.metrics) })),
    snapshot: snapshot && {
      ...snapshot,
      intervals: { ...snapshot.intervals, text: intervalsText(snapshot.intervals) },
    },
    withJudge: withJudge && {
      ...withJudge,
      judge: { ...withJudge.judge, demotedReason: demotionText(withJudge.judge.demotedFor) },
      text: judgeText(withJudge, board.board),
    },
    styleControl: styleControl && {
      ...styleControl,
      effects: styleControl.effects.map((effect) => ({ ...effect, unit: styleUnit(effect.name) })),
      reason: styleControl.missing && styleMissingText(styleControl.missing, board.board),
    },
  };
}
