import type { NoSampleRoom } from "@/lib/schemas/sample-room";
import type { RunFailure, StoredRunFailure } from "@/lib/schemas/run-failure";
import type { StoredUploadFailure, UploadFailure } from "@/lib/schemas/upload-failure";

/** Failures in words. They stand here, and not beside the components, because webhooks and errors say them too. */

/** Why a run failed, and what to change; a reason that an earlier release stored as a sentence is shown as it is. */
export function runFailureText(failure: StoredRunFailure): string {
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "none_made":
      return `None of the first ${failure.failed} samples could be made.${mostText(failure)}`;
    case "too_few_made":
      return `${failure.failed} of ${failure.total} samples could not be made, and at least ${failure.needed} are needed for a score.${mostText(failure)}`;
    case "too_few_uploaded":
      return `${hereText(failure)} here, and at least ${failure.needed} are needed for a score. Upload the others to this run.`;
    case "broke_down":
      return `It could not be finished: ${failure.said ?? `internal error ${failure.errorId}: the operator finds it in the log under this number.`}`;
    case "endpoint_said":
      return failure.said;
    default:
      return uploadFailureText(failure);
  }
}

const mostText = ({ most }: { most: string | null }) => (most === null ? "" : ` Most often: ${most}`);

const hereText = ({ here, total }: Extract<RunFailure, { code: "too_few_uploaded" }>) =>
  here === 0 ? `None of ${total} samples is` : `${here} of ${total} samples are`;

/** Why an upload of samples came to nothing, and what to do; an earlier release's sentence is shown as it is. */
export function uploadFailureText(failure: StoredUploadFailure): string {
  return typeof failure === "string" ? failure : codeText(failure);
}

function codeText(failure: UploadFailure): string {
  switch (failure.code) {
    case "run_cancelled":
      return "The run was cancelled. Upload to it again to go on.";
    case "upload_abandoned":
      return "The upload was abandoned: nothing came for three days, or it took more than two weeks. Begin it again.";
    case "upload_removed":
      return "The upload was given up by who began it.";
    case "nothing_fits":
      return `None of its files became a sample (${failure.files} did not fit; the list says why). Name them by prompt and number, or add a manifest, and upload again.`;
    case "upload_unreadable":
      return failure.said;
    case "upload_broke_down":
      return `It could not be read here (error ${failure.errorId}). Upload it again.`;
    default:
      return noSampleRoomText(failure);
  }
}

/** Why a submitter's models may keep no more samples, and what to do. */
export function noSampleRoomText(room: NoSampleRoom): string {
  switch (room.code) {
    case "upload_over_room":
      return `The samples of your models take up ${inGib(room.bytes)} GiB, uploads would add ${inGib(room.added)}, and one visitor's may take up ${room.gib}. Delete a model, or upload less.`;
    case "own_room_full":
      return `The samples of your models take up ${room.gib} GiB, the most that one visitor's may. Delete a model, then go on.`;
    case "network_room_full":
      return `The samples of models from your network address, with uploads under way, take up ${room.gib} GiB, the most that they may together. Delete a model, then go on.`;
  }
}

const inGib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
