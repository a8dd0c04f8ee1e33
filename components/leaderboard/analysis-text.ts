import { count, counted } from "@/components/format";
import { noteText } from "@/components/leaderboard/note-text";
import type { BoardAnalysis, BoardAnalysisResponse, MethodName } from "@/lib/schemas/board-analysis";
import type { TieModel } from "@/lib/schemas/tie-model";

type Names = Pick<BoardAnalysis, "models">;

const nameIn = ({ models }: Names, slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;

/** How few votes hold up the first place; null: no such few were found. */
export function fragilityText(
  analysis: Names & Pick<BoardAnalysis, "fragility" | "snapshot">,
): string | null {
  const { fragility, snapshot } = analysis;
  if (fragility === null || snapshot === null) return null;
  return `Without ${count(fragility.votes)} of ${counted(snapshot.votes, "vote")} ${nameIn(analysis, fragility.successor)} would be first.`;
}

/**
 * Beyond so many votes on one pair two models are called practically equal: about what it takes where people choose one of them in 51
 * of 100 cases, (1.96 + 0.84)^2 / 4 / 0.01^2.
 */
export const PRACTICALLY_EQUAL_VOTES = 20_000;

/** Whether no reasonable number of votes would tell two models apart. */
export function isPracticallyEqual({
  separated,
  directVotes,
}: Pick<BoardAnalysis["power"][number], "separated" | "directVotes">): boolean {
  return !separated && (directVotes === null || directVotes > PRACTICALLY_EQUAL_VOTES);
}

/** What it takes to tell two neighbours in rank apart. */
export function powerText(
  analysis: Names,
  power: Omit<BoardAnalysis["power"][number], "boardVotes">,
): string {
  const [a, b] = [nameIn(analysis, power.a), nameIn(analysis, power.b)];
  if (power.separated) return `${a} and ${b} are told apart.`;
  if (power.directVotes === null || isPracticallyEqual(power)) return `${a} and ${b} are practically equal.`;
  return `About ${counted(power.directVotes, "more vote")} between ${a} and ${b} would tell them apart.`;
}

const TIES: Record<TieModel, string> = {
  half: "Ties as half wins",
  davidson: "Davidson's model of ties",
  four: "Ties and both-bad as outcomes of their own",
};

const METHODS: Record<MethodName, string> = {
  ...TIES,
  half: "Bradley-Terry, ties as half wins",
  overlap: "The same, rank spread by overlap of intervals",
  holm: "The same, all rank spreads at once (Holm)",
  "max-t": "The same, all rank spreads at once (max-t)",
  independent: "The same, every vote taken as independent",
  reweighted: "Every pair counts alike",
  "win rate": "Plain win rate, opponents ignored",
  elo: "Online Elo, which depends on the order of the votes",
};

/** A way of ranking the same votes, by name. */
export function methodText(method: Omit<BoardAnalysis["methods"][number], "ranks">): string {
  const { name, own, independent } = method;
  if (own) return `${METHODS[name]}, pairwise rank spread`;
  return independent && name !== "independent" ? `${METHODS[name]}, votes as independent` : METHODS[name];
}

/** The analysis with its codes and numbers in words beside them, as the API promises it. */
export function withAnalysisTexts(analysis: BoardAnalysis): BoardAnalysisResponse {
  const fragile = fragilityText(analysis);
  return {
    ...analysis,
    methods: analysis.methods.map((method) => ({ ...method, label: methodText(method) })),
    fragility: analysis.fragility && { ...analysis.fragility, text: fragile ?? "" },
    power: analysis.power.map((power) => ({ ...power, text: powerText(analysis, power) })),
    notes: analysis.notes.map(noteText),
  };
}
