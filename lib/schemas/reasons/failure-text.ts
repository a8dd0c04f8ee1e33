import type { NoSampleRoom } from "@/lib/schemas/reasons/sample-room";
import type { RunFailure, StoredRunFailure } from "@/lib/schemas/reasons/run-failure";
import type { StoredDrawingFailure } from "@/lib/schemas/stack/drawing-failure";
import type { StoredUploadFailure, UploadFailure } from "@/lib/schemas/reasons/upload-failure";
import type { StoredDeliveryFailure, StoredWebhookPause } from "@/lib/schemas/reasons/webhook-failure";

/** Failures in words. They stand here, and not beside the components, because webhooks, errors and the API's strings say them too. */

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
    case "key_unreadable":
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

/** Why an event did not arrive at a webhook's address; an earlier release's sentence is shown as it is. */
export function deliveryFailureText(failure: StoredDeliveryFailure): string {
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "answered":
      return `It answered HTTP ${failure.status}.`;
    case "redirected":
      return `It redirects (HTTP ${failure.status}), and a signed event goes nowhere else: give the address it redirects to.`;
    case "not_reached":
      return failure.said;
    case "secret_unreadable":
      return "Its secret cannot be read here any more: give it a new one.";
    case "switched_off":
      return "The webhook was switched off.";
  }
}

/** Why a webhook was switched off; an earlier release's sentence is shown as it is. */
export function webhookPauseText(pause: StoredWebhookPause): string {
  if (typeof pause === "string") return pause;
  return pause.code === "gone"
    ? "The address answered 410: nobody wants events there any more."
    : `Nothing has arrived there for over ${pause.days} days.`;
}

/** Why a drawing lacks a model's image; an earlier release's sentence is shown as it is. */
export function drawingFailureText(failure: StoredDrawingFailure): string {
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "not_served":
      return "This model is no longer served here.";
    case "backend_away":
      return "The backend is away or busy. Try again in a moment.";
    case "held":
      return "A check of this site holds this image back.";
    case "refused":
      return failure.said;
    case "broke_down":
      return "It could not be drawn; the worker’s log says why.";
  }
}
