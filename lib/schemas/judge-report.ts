/** A share or coefficient with its 95% interval and what it is of. */
export type FigureView = { value: number; low: number; high: number; n: number };

/** What a judge has been found to be worth on one board. null: not measured (yet), or too little to say. */
export type JudgeReportView = {
  board: { slug: string; name: string };
  rubric: string;
  standing: { standing: "in good standing" | "unproven" | "demoted"; reasons: string[] };
  /** Of decided votes, ties of both left out. */
  accuracy: FigureView | null;
  kappa: FigureView | null;
  /** Kendall's tau of its ranking of the models with people's; n models. */
  tau: FigureView | null;
  orderFlips: FigureView | null;
  /** Wins of the first place among its decided single verdicts: 50% where place does not matter. */
  firstPlace: FigureView | null;
  failures: FigureView | null;
  refusals: FigureView | null;
  costPerVerdictUsd: FigureView | null;
  medianLatencyMs: number | null;
  defectsSeen: FigureView | null;
  byDefect: { defect: string; meaning: string; seen: FigureView | null }[];
  instructionsWin: FigureView | null;
  /**
   * How much more than people it rewards a look: points of rating for one standard deviation, its coefficient less people's on
   * the same pairs. null: too few votes on pictures it judged.
   */
  style: { name: string; unit: string; judge: number; people: number; difference: FigureView }[] | null;
  /** What its verdicts add to people's votes. null: no pair judged that people did not vote on, or too few votes. */
  worth: {
    votes: number;
    judgeOnly: number;
    lambda: number;
    effectiveVotes: number;
    correlation: number;
  } | null;
};
