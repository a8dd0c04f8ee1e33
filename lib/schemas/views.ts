import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import type { DriftView } from "@/lib/schemas/endpoints/drift";
import type { LeaderboardRow, PricedModel, RankedModel } from "@/lib/schemas/leaderboard";
import type { PublishedElsewhere } from "@/lib/schemas/catalogue/preset";
import type { BoardMetricValue } from "@/lib/schemas/metric-values";
import type { RunParameters } from "@/lib/schemas/run-parameters";
import type { RunSource, RunState } from "@/lib/schemas/runs";
import type { KeptOff } from "@/lib/schemas/submissions";
import type { SubmittedBy } from "@/lib/schemas/stack/stack-facts";

/** What the pages that have no public API route are given by their use cases. */

export type BoardView = { slug: string; name: string; description: string };

/** A board to choose, with the size in which it shows battles: "64x64". */
export type ListedBoard = BoardView & {
  task: BoardTask;
  /** The first one first. */
  promptSets: { slug: string; name: string }[];
  imageSize: string;
  isPublic: boolean;
  isArchived: boolean;
  /** Whether voters may have two models generate for a prompt of their own. */
  livePrompts: boolean;
  /** Whether votes on such prompts count on the board, not apart. */
  countsLiveVotes: boolean;
  /** Whether who asks made it. */
  own: boolean;
  /** What who asks may do there. */
  mayVote: boolean;
  maySubmit: boolean;
  mayEdit: boolean;
};

/** A board with what it compares. */
export type BoardCard = ListedBoard & {
  votes: number;
  models: number;
  prompts: number;
  /** Of a board that everyone sees; of prompts outside the arena alone. */
  images: ShownSample[];
};

export type ShownSample = { sampleId: string; url: string; prompt: string };

/** What a board's settings may be chosen from. */
export type BoardChoices = {
  promptSets: { slug: string; name: string; prompts: number }[];
  encoders: string[];
  /** Those of them that read videos. */
  videoEncoders: string[];
  /** Built ones, those that the site scores by first. */
  references: { id: string; name: string; encoder: string }[];
  /** Names of one's own sets that are still being read, and can be chosen once they are. */
  unfinishedReferences: string[];
  judges: { slug: string; name: string; own: boolean }[];
};

/** A model that could join a board. */
export type BoardCandidate = { model: string; name: string; creator: string; own: boolean };

export type BoardTask = "TEXT_TO_IMAGE" | "TEXT_TO_VIDEO" | "IMAGE_EDIT";

/** Models of a board without final scores whose run is going on. */
export type ScoresComing = {
  models: number;
  /** Those of them that have scores over part of the prompts. */
  soFar: number;
  /** All models of the board. */
  of: number;
  /** How long their images take at the present pace; null: not known yet. */
  secondsLeft: number | null;
};

/** The front page: is anything alive, and what does it look like? */
export type HomeView = {
  boards: BoardCard[];
  /** Best-rated first. */
  leaders: RankedModel[];
  /** The best-rated of the same board with what they cost, more of them. */
  priced: PricedModel[];
  samples: ShownSample[];
  votes: number;
  models: number;
  sampleCount: number;
};

export type ModelView = {
  id: string;
  slug: string;
  name: string;
  creator: string;
  task: BoardTask;
  description: string;
  bundled: boolean;
  submittedBy: SubmittedBy;
  listed: boolean;
  /** What keeps it off its board, for who submitted it; null: nothing, or who asks is somebody else. */
  keptOff: KeptOff | null;
  /** Whether who asks submitted it, and may withdraw or delete it. */
  own: boolean;
  /** Counts edits of what its submitter says of it; a change says it in If-Match. */
  revision: number;
  /** Whether who looks may withdraw and remove it: their own, or anybody's where they manage the site. */
  canChange: boolean;
  /** How often a day visitors' own prompts may call it, and did today, at what cost; null for all but who submitted it. */
  ownPrompts: { perDay: number; used: number; usd: number } | null;
  paradigm: string | null;
  architecture: string | null;
  representation: string | null;
  textConditioning: string | null;
  openWeights: boolean | null;
  licence: string | null;
  /** Of the network; null: not known. */
  parameters: number | null;
  released: string | null;
  pricePerImageUsd: number | null;
  /** What an image has cost from when on, newest first; source: where it is written down. */
  prices: {
    pricePerImageUsd: number | null;
    source: string | null;
    by: "operator" | "submitter";
    at: string;
  }[];
  /** What others published of the catalogue's entry that it is, by its name there; null: nothing, or it is none. */
  elsewhere: { name: string; published: PublishedElsewhere[] } | null;
  /** How one's own model is called; null: another's, or one without an endpoint. keyEnds: the last letters of its key. */
  endpoint: {
    url: string;
    format: string;
    /** Of a format that is written down with the endpoint. */
    formatOptions: unknown;
    providerModel: string;
    imageSize: string;
    concurrency: number;
    timeoutSeconds: number;
    keyEnds: string | null;
    hasKey: boolean;
    version: number;
  } | null;
  /** What the newest version of its endpoint was found to do; null: it was not tested. */
  capability: Capability | null;
  /** Whether the model behind its name has changed; null: it has no endpoint. */
  drift: DriftView | null;
  /** What to change, as the test of one's own model says; null: nothing, or another's. */
  testProblem: string | null;
  /** What all calls of one's own model have cost, in runs, tests and for visitors' own prompts, and how much of that no reply says; null: another's. */
  spent: { usd: number; estimatedUsd: number } | null;
  /** The oldest board that it stands on and that who asks may see; null: none. */
  board: BoardView | null;
  /** The model's row on its board; null before any vote. */
  row: LeaderboardRow | null;
  metrics: Record<string, BoardMetricValue>;
  /** The run that they are of, what input forensics found in its files, and what it asked the endpoint for. */
  bestRun: { runId: string; files: "clean" | "look" | "bad" | null; parameters: RunParameters } | null;
  /** One sample a prompt; of a listed model none of the prompts that are in the arena. */
  samples: { sampleId: string; url: string; prompt: string; category: string; allCorrect: boolean | null }[];
  headToHead: {
    opponent: { slug: string; name: string };
    wins: number;
    losses: number;
    ties: number;
    bothBad: number;
    /** P(this model wins) by the fit; null where it cannot be said. */
    predicted: number | null;
  }[];
  /** Oldest first, one point a snapshot. */
  history: { createdAt: string; rating: number; low: number; high: number; votes: number }[];
  runs: RunSummary[];
};

export type RunSummary = {
  runId: string;
  model: { slug: string; name: string };
  state: RunState;
  source: RunSource;
  /** What whoever uploaded the samples calls them. */
  label: string | null;
  total: number;
  done: number;
  createdAt: string;
  finishedAt: string | null;
  /** Whether it is of weights that the model no longer has. */
  superseded: boolean;
};

export type ModelListItem = {
  id: string;
  slug: string;
  name: string;
  creator: string;
  paradigm: string | null;
  architecture: string | null;
  representation: string | null;
  textConditioning: string | null;
  openWeights: boolean | null;
  bundled: boolean;
  submittedBy: SubmittedBy;
  /** Of the first prompts that are not in the arena, at most one each. */
  images: { url: string; prompt: string }[];
  /** Slug of the board it is ranked on; null: no board of its modality. */
  board: string | null;
  rank: number | null;
  /** The ranks that the votes cannot exclude, as the board has them. */
  rankLow: number | null;
  rankHigh: number | null;
  rating: number | null;
  provisional: boolean;
};

export type RatingHistory = {
  models: { slug: string; name: string }[];
  /** Oldest first, one a snapshot, thinned evenly to the number asked for; the newest is always among them. */
  points: {
    createdAt: string;
    votes: number;
    ratings: { model: string; rating: number; low: number; high: number }[];
  }[];
};

/** A model and its place in a ranking. */
export type RankedName = { slug: string; name: string; rank: number; rankLow: number; rankHigh: number };

/** What changed on a board from day to day, newest day first. */
export type BoardChanges = {
  board: string;
  name: string;
  /** Id of the newest ranking; null: nobody has voted. */
  snapshot: string | null;
  days: {
    snapshot: string;
    /** When that day's last ranking was computed. */
    createdAt: string;
    votes: number;
    entered: RankedName[];
    moved: (RankedName & { from: number })[];
  }[];
};

/** Where a model stands on the oldest board that everyone sees. */
export type ModelStanding = {
  name: string;
  creator: string;
  /** null: it stands on none. */
  board: { slug: string; name: string } | null;
  /** Models with a rank on that board. */
  ranked: number;
  ranking: RankedModel | null;
};

/** What a board's preview shows: its best models. */
export type BoardStanding = {
  slug: string;
  name: string;
  votes: number;
  ranked: number;
  leaders: RankedModel[];
};
