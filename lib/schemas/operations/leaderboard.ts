import { CATEGORY, type Operation } from "@/lib/schemas/operations/operation";

export const LEADERBOARD_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/boards",
    id: "listBoards",
    action: "site.read",
    tag: "Leaderboard",
    summary: "List the boards",
    description: "Those that everyone sees, your own, and those you came onto by an invitation.",
    success: {
      status: 200,
      description:
        "{boards: [{slug, name, description, task, imageSize, livePrompts, isPublic, isArchived, own, mayVote, maySubmit, mayEdit}]}",
    },
    errors: [],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}",
    id: "readLeaderboard",
    action: "site.read",
    tag: "Leaderboard",
    summary: "Read a board",
    query: [
      CATEGORY,
      {
        name: "style",
        description: "controlled: ratings with how the images look held equal.",
        values: ["as-voted", "controlled"],
      },
      { name: "judge", description: "Slug of one of `judges`: ratings by people and its verdicts together." },
      { name: "prompts", description: "Slug of one of `promptSets`: what the metrics are of." },
      { name: "own", description: "Columns of your own: name=formula;name=formula over `numbers`." },
      { name: "format", description: "json unless told.", values: ["json", "csv"] },
    ],
    success: {
      status: 200,
      description: "The board's newest snapshot, row by row.",
      schema: "Leaderboard",
      mediaTypes: ["text/csv"],
    },
    errors: [400, 404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/history",
    id: "readRatingHistory",
    action: "site.read",
    tag: "Leaderboard",
    summary: "Ratings over time",
    query: [CATEGORY],
    success: { status: 200, description: "{models, points: [{createdAt, votes, ratings}]}" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/analysis",
    id: "readBoardAnalysis",
    action: "site.read",
    tag: "Leaderboard",
    summary: "Win rates, other methods, fragility, power",
    query: [CATEGORY],
    description:
      "As computed beside the ranking that `snapshot` names, which may be a little behind the newest; nothing is computed for the request.",
    success: { status: 200, description: "The newest analysis.", schema: "BoardAnalysis" },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/v1/leaderboards/{board}/weights",
    id: "readWeightedBoard",
    action: "site.read",
    tag: "Leaderboard",
    summary: "A board by your own weights",
    description:
      "Each criterion has a fit of its own; the board mixes them by the weights given, with the errors that they share. All weight on one criterion is that criterion's fit. Without weights: overall alone.",
    query: [
      CATEGORY,
      { name: "overall", description: "Weight of which is better overall, at least 0." },
      { name: "aesthetics", description: "Weight, where the board asks about it." },
      { name: "prompt_following", description: "Weight, where the board asks about it." },
      { name: "motion", description: "Weight, where the board asks about it." },
    ],
    success: { status: 200, description: "The board by these weights.", schema: "WeightedBoard" },
    errors: [400, 404],
  },
];
