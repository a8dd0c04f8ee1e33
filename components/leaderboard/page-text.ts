import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import type { BoardAnalysis, MethodName } from "@/lib/schemas/board-analysis";
import type { CriterionNote, StoredNote } from "@/lib/schemas/fit-note";
import type { IntervalsNote, StyleControl, WithJudge } from "@/lib/schemas/leaderboard";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";

/** A board's sentences in the page's language. What the API says in words too is in the other texts of this room, in English. */
export type BoardWords = ReturnType<typeof useTranslations<"leaderboard">>;

/** A message's choice between images and videos. */
export const kindOf = ({ isVideo }: { isVideo: boolean }) => ({ kind: isVideo ? "video" : "image" });

/** Which prompts votes were on, as messages choose by it: all, visitors' own, or those of a category. */
export function whereOf(category: string | null) {
  if (category === null) return { where: "all", category: "" };
  return category === LIVE_CATEGORY ? { where: "own", category: "" } : { where: "other", category };
}

/** "A", "A and B", "A and B and C" */
export const joined = (t: BoardWords, texts: readonly string[]): string =>
  texts.length === 0 ? "" : texts.reduce((a, b) => t("both", { a, b }));

/** How few votes hold up the first place; null: no such few were found. */
export function fragilitySentence(
  t: BoardWords,
  { fragility, snapshot, models }: Pick<BoardAnalysis, "fragility" | "snapshot" | "models">,
): string | null {
  if (fragility === null || snapshot === null) return null;
  const successor = models.find(({ slug }) => slug === fragility.successor);
  return t("fragility", {
    n: fragility.votes,
    votes: snapshot.votes,
    model: successor?.name ?? fragility.successor,
  });
}

const methodKey = (name: MethodName) => (name === "win rate" ? "winRate" : name);

/** A way of ranking the same votes, by name. */
export function methodLabel(
  t: BoardWords,
  { name, own, independent }: Pick<BoardAnalysis["methods"][number], "name" | "own" | "independent">,
): string {
  // What a board itself uses is named by how it reads ties; half wins name the whole method.
  const method = t(`methods.${methodKey(name)}`);
  if (own) return t("methods.own", { method });
  return independent && name !== "independent" ? t("methods.takenAsIndependent", { method }) : method;
}

/** A fit's remark; one that an earlier release stored as a sentence is shown as it is. */
export function noteSentence(t: BoardWords, format: Format, note: StoredNote): string {
  if (typeof note === "string") return note;
  switch (note.code) {
    case "disconnected":
    case "separated":
      return t(`notes.${note.code}`);
    case "too_few_clusters":
      return t("notes.tooFewClusters", { label: note.label, n: note.clusters });
    case "few_clusters":
      return t("notes.fewClusters", { label: note.label, n: format.fixed(note.effective, 1) });
  }
}

/** The same of a fit by criteria. */
export function criterionNoteSentence(t: BoardWords, { code, criterion }: CriterionNote): string {
  if (code === "unanswered") return t("criteria.unanswered", { criterion });
  return t(`criteria.${code}`, { criterion: t(`criteria.${criterion}`) });
}

type Cluster = IntervalsNote["clusters"][number];

/** What a board's intervals allow for, and of whom they speak. */
export function intervalsSentences(t: BoardWords, { clusteredBy, clusters }: IntervalsNote): string {
  const used = clusters.filter(({ label }) => clusteredBy.includes(label));
  const few = clusters.filter((each) => !clusteredBy.includes(each.label) && each.clusters > 0);
  const by = (of: Cluster[]) => (of.length === 1 ? of[0].label : "both");
  const sizes = (of: Cluster[]) =>
    joined(
      t,
      of.map((each) => clusterSize(t, each)),
    );
  const allowedFor =
    used.length === 0
      ? t("intervals.independent")
      : t("intervals.allow", { by: by(used), sizes: sizes(used) });
  if (few.length === 0) return allowedFor;
  const isOne = few.length === 1 && few[0].clusters === 1 ? "yes" : "no";
  return `${allowedFor} ${t("intervals.few", { sizes: sizes(few), isOne, by: by(few) })}`;
}

/** Few heavy voters say less than their number: it is given where it matters. */
function clusterSize(t: BoardWords, { label, clusters, effective }: Cluster): string {
  const size = t(label === "voter" ? "intervals.voters" : "intervals.prompts", { n: clusters });
  return effective < 0.75 * clusters ? t("intervals.worth", { size, n: Math.round(effective) }) : size;
}

/** Why there is no style-controlled fit. */
export function styleMissingSentence(
  t: BoardWords,
  missing: NonNullable<StyleControl["missing"]>,
  of: { isVideo: boolean },
): string {
  switch (missing.code) {
    case "no_votes":
      return t("noVotes");
    case "unmeasured":
      return t("style.unmeasured", { ...kindOf(of), n: missing.images });
    case "too_few_votes":
      return t("style.tooFew", { votes: missing.votes, needed: missing.needed });
    case "being_made":
      return t("style.beingMade");
  }
}

/** What a judge is worth on a board, or why it cannot be said. */
export function judgeSentences(
  t: BoardWords,
  format: Format,
  { judge: { name: judge }, missing, ...worth }: WithJudge,
  of: { isVideo: boolean },
): string {
  if (missing?.code === "no_votes") return t("noVotes");
  if (missing?.code === "too_few_labelled")
    return t("judge.tooFew", { ...kindOf(of), judge, labelled: missing.labelled, needed: missing.needed });
  if (missing?.code === "being_made") return t("judge.enough", { judge });
  if (worth.judgeOnly === 0) return t("judge.nothingMore", { judge });
  const more = Math.round((worth.effectiveVotes ?? worth.votes) - worth.votes);
  const trusted = t("judge.trusted", {
    ...kindOf(of),
    lambda: format.fixed(worth.lambda ?? 0, 2),
    correlation: format.fixed(worth.correlation ?? 0, 2),
  });
  return `${more < 1 ? t("judge.noHelp", { judge }) : t("judge.worth", { judge, n: more })} ${trusted}`;
}
