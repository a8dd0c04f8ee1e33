import type { BoardCard, BoardChoices } from "@/lib/schemas/views";
import type { BoardSettings } from "@/lib/schemas/boards";

/** A board's settings as its editor sees them. */
export const boardSettings = (changes: Partial<BoardSettings> = {}): BoardSettings => ({
  slug: "posters-1",
  name: "Posters",
  description: "",
  promptSet: "posters",
  furtherPromptSets: [],
  promptSetNames: ["Posters, first edition"],
  task: "text-to-image",
  size: "512x512",
  fit: "same",
  question: null,
  criteria: ["aesthetics"],
  aspectTolerance: 0.02,
  seenBy: "invited",
  votedBy: "invited",
  submittedBy: "invited",
  listing: "automatic",
  livePrompts: false,
  countsLiveVotes: false,
  provisionalVotes: 30,
  metrics: [],
  judges: [],
  version: 4,
  archived: false,
  role: "editor",
  prompts: 12,
  votes: 3,
  ...changes,
});

/** What a board's settings may be chosen from. */
export const boardChoices = (changes: Partial<BoardChoices> = {}): BoardChoices => ({
  promptSets: [{ slug: "posters", name: "Posters, first edition", prompts: 12 }],
  encoders: ["toybox-encoder", "dinov2"],
  videoEncoders: [],
  references: [],
  unfinishedReferences: [],
  judges: [],
  ...changes,
});

/** A board in a list, as a visitor sees it who may only look. */
export const boardCard = (changes: Partial<BoardCard> = {}): BoardCard => ({
  slug: "posters",
  name: "Posters",
  description: "Which poster would you hang up?",
  task: "TEXT_TO_IMAGE",
  promptSets: [{ slug: "posters", name: "Posters" }],
  imageSize: "512x512",
  isPublic: true,
  isArchived: false,
  livePrompts: false,
  countsLiveVotes: false,
  own: false,
  mayVote: false,
  maySubmit: false,
  mayEdit: false,
  votes: 1,
  models: 2,
  prompts: 120,
  images: [],
  ...changes,
});
