import { samplesWord, sampleWord } from "@/components/sample-word";
import type { ExploredSample, PairVote } from "@/lib/schemas/explorer";
import { JUDGE_CONTENT, type SampleMark } from "@/lib/schemas/sample-marks";

type Made = { isVideo: boolean };

export const MARK_LABELS: Record<SampleMark, string> = {
  failed: "Failed",
  "people-judge": "People and judge disagree",
  "judge-metric": "Judge and metric disagree",
};

/** What each mark means, exactly. */
export const markMeaning = (mark: SampleMark, of: Made): string => {
  const [one, many] = [sampleWord(of), samplesWord(of)];
  switch (mark) {
    case "failed":
      return `the endpoint answered this prompt with no ${one}: it refused, timed out or sent something else. A failure is left out of every score; it is never a zero.`;
    case "people-judge":
      return `of two ${many} of this prompt, more counted votes on the two prefer one, and a judge shown both prefers the other, over the orders it was shown. Ties and even verdicts disagree with nothing.`;
    case "judge-metric":
      return `a judge scores the ${one} ${JUDGE_CONTENT} or more (of 1) though the grader finds something that the prompt asks for missing or wrong, or less though the grader finds all of it.`;
  }
};

export const FAILURE_TEXTS: Record<NonNullable<ExploredSample["failure"]>, string> = {
  refused: "refused the prompt",
  invalid: "sent something else",
  timeout: "timed out",
  transient: "failed",
  rate_limited: "turned the call away",
};

/** What is in place of a sample that is not there. */
export const missingText = ({ failure }: Pick<ExploredSample, "failure">, of: Made): string =>
  failure === null
    ? `No ${sampleWord(of)}: not asked yet, or not shown`
    : `Failed: ${FAILURE_TEXTS[failure]}`;

/** What the grader finds, or what is wrong. */
export function gradeText({ allCorrect, wrong }: NonNullable<ExploredSample["grade"]>): string {
  if (allCorrect) return "as the prompt says";
  return wrong.length > 0 ? `wrong: ${wrong.join(", ")}` : "not as the prompt says";
}

/** Who won a vote, by name. */
export function outcomeText({ outcome, leftIs }: PairVote, names: { a: string; b: string }): string {
  if (outcome === "tie") return "Tie";
  if (outcome === "both_bad") return "Both bad";
  const isA = (outcome === "left") === (leftIs === "a");
  return `${isA ? names.a : names.b} won`;
}

/** Why a vote's two samples are not shown. */
export function withheldText(withheld: NonNullable<PairVote["withheld"]>, of: Made): string {
  const many = samplesWord(of);
  switch (withheld) {
    case "arena":
      return `${of.isVideo ? "Videos" : "Images"} appear once this prompt has left the arena: shown with names now, they would give away who made what in battles still open.`;
    case "own-prompt":
      return `A visitor's own prompt: neither its text nor its ${many} are published.`;
    case "imported":
      return `Imported from another arena's log, without ${many}.`;
    case "gone":
      return `The ${many} are not shown any more.`;
  }
}

type Query = Record<string, string | number | null | undefined>;

/** An address with a query of what is given. */
function address(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

export const exploreAddress = (board: string, query: Query = {}): string =>
  address(`/leaderboard/${board}/explore`, query);

/** The votes between two models. */
export const pairAddress = (board: string, a: string, b: string, before?: string): string =>
  `/leaderboard/${board}/votes?vs=${encodeURIComponent(a)},${encodeURIComponent(b)}${before ? `&before=${encodeURIComponent(before)}` : ""}`;
