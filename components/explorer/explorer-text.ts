import type { useTranslations } from "next-intl";
import { kindOf } from "@/components/leaderboard/page-text";
import type { ExploredSample, PairVote } from "@/lib/schemas/explorer";
import { JUDGE_CONTENT, type SampleMark } from "@/lib/schemas/sample-marks";

type Made = { isVideo: boolean };
type Words = ReturnType<typeof useTranslations<"explorer">>;

/** What each mark means, exactly. */
export const markMeaning = (t: Words, mark: SampleMark, of: Made): string =>
  t(`marks.${mark}.meaning`, { ...kindOf(of), content: JUDGE_CONTENT });

/** What is in place of a sample that is not there. */
export const missingText = (t: Words, { failure }: Pick<ExploredSample, "failure">, of: Made): string =>
  failure === null ? t("samples.missing", kindOf(of)) : t("samples.failure", { failure });

/** What the grader finds, or what is wrong. */
export function gradeText(t: Words, { allCorrect, wrong }: NonNullable<ExploredSample["grade"]>): string {
  if (allCorrect) return t("samples.allCorrect");
  return wrong.length > 0 ? t("samples.wrong", { list: wrong.join(", ") }) : t("samples.notCorrect");
}

/** Who won a vote, by name. */
export function outcomeText(
  t: Words,
  { outcome, leftIs }: PairVote,
  names: { a: string; b: string },
): string {
  if (outcome === "tie") return t("votes.tie");
  if (outcome === "both_bad") return t("votes.bothBad");
  const isA = (outcome === "left") === (leftIs === "a");
  return t("votes.won", { model: isA ? names.a : names.b });
}

const WITHHELD = {
  arena: "withheld.arena",
  "own-prompt": "withheld.ownPrompt",
  imported: "withheld.imported",
  gone: "withheld.gone",
} as const;

/** Why a vote's two samples are not shown. */
export const withheldText = (t: Words, withheld: NonNullable<PairVote["withheld"]>, of: Made): string =>
  t(WITHHELD[withheld], kindOf(of));

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
