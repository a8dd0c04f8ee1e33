import type { RunPause, RunView, RunState } from "@/lib/schemas/runs";

/** The stages a run goes through, in order. */
export const STAGES = ["QUEUED", "GENERATING", "EXTRACTING", "SCORING", "PUBLISHED"] as const;

export const STATE_LABEL: Record<RunState, string> = {
  QUEUED: "Queued",
  GENERATING: "Generating",
  PAUSED: "Paused",
  EXTRACTING: "Embedding",
  SCORING: "Scoring",
  PUBLISHED: "Published",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

/** What happens in a stage. */
export const STAGE_MEANING: Record<(typeof STAGES)[number], string> = {
  QUEUED: "Waiting for a worker",
  GENERATING: "The endpoint makes one image a prompt",
  EXTRACTING: "The encoder reads every image",
  SCORING: "Distance and grader, with intervals",
  PUBLISHED: "Scores are final",
};

/** The same of a run whose samples are uploaded. */
export const UPLOADED_LABEL: Partial<Record<RunState, string>> = {
  QUEUED: "Waiting for the upload",
  GENERATING: "Reading the upload",
};

export const UPLOADED_MEANING: Partial<Record<(typeof STAGES)[number], string>> = {
  QUEUED: "Until the files are here",
  GENERATING: "Each file is decoded and matched to its prompt",
};

/** What a run's state is called. */
export const stateLabel = ({ state, source }: Pick<RunView, "state" | "source">): string =>
  (source === "UPLOAD" ? UPLOADED_LABEL[state] : undefined) ?? STATE_LABEL[state];

/** What a paused run waits for, and what to do. */
export const PAUSE_MEANING: Record<RunPause, string> = {
  out_of_credit:
    "the account behind the endpoint's key has no credit left. Top it up, then resume: what is there stays, and only what is missing is asked for.",
  rate_limited:
    "the endpoint has turned every request away for a day. Resume when its limits let it answer again, with fewer requests at once.",
  budget:
    "the next image could take the run over its budget. Raise it, and the run goes on: what is there stays.",
  loading:
    "the endpoint has been loading its model for half an hour. Resume when it is up: what is there stays.",
  no_ffmpeg:
    "a video came that this machine cannot read without ffmpeg. Once it is installed (apt-get install ffmpeg, brew install ffmpeg), resume: what is there stays.",
};

/** Whether a run still changes by itself. */
export function isActive(state: RunState): boolean {
  return state === "QUEUED" || state === "GENERATING" || state === "EXTRACTING" || state === "SCORING";
}
