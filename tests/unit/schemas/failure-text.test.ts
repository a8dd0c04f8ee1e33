import { expect, test } from "vitest";
import {
  deliveryFailureText,
  drawingFailureText,
  runFailureText,
  uploadFailureText,
  webhookPauseText,
} from "@/lib/schemas/reasons/failure-text";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import { storedDrawingFailure } from "@/lib/schemas/stack/drawing-failure";
import { storedDeliveryFailure, storedWebhookPause } from "@/lib/schemas/reasons/webhook-failure";

test.each([
  [
    { code: "none_made", failed: 10, most: "HTML." },
    "None of the first 10 samples could be made. Most often: HTML.",
  ],
  [
    { code: "too_few_made", failed: 51, total: 100, needed: 50, most: null },
    "51 of 100 samples could not be made, and at least 50 are needed for a score.",
  ],
  [
    { code: "too_few_uploaded", here: 0, total: 8, needed: 4 },
    "None of 8 samples is here, and at least 4 are needed for a score. Upload the others to this run.",
  ],
  [
    { code: "too_few_uploaded", here: 3, total: 8, needed: 4 },
    "3 of 8 samples are here, and at least 4 are needed for a score. Upload the others to this run.",
  ],
  [
    { code: "broke_down", errorId: "0a1b2c3d", said: "The endpoint is asked too fast." },
    "It could not be finished: The endpoint is asked too fast.",
  ],
  [
    { code: "broke_down", errorId: "0a1b2c3d", said: null },
    "It could not be finished: internal error 0a1b2c3d: the operator finds it in the log under this number.",
  ],
  [{ code: "endpoint_said", said: "No credit is left." }, "No credit is left."],
  [{ code: "key_unreadable", said: "The stored key is damaged." }, "The stored key is damaged."],
  [{ code: "run_cancelled" }, "The run was cancelled. Upload to it again to go on."],
  [
    { code: "upload_abandoned" },
    "The upload was abandoned: nothing came for three days, or it took more than two weeks. Begin it again.",
  ],
  [{ code: "upload_removed" }, "The upload was given up by who began it."],
  [
    { code: "nothing_fits", files: 3 },
    "None of its files became a sample (3 did not fit; the list says why). Name them by prompt and number, or add a manifest, and upload again.",
  ],
  [{ code: "upload_unreadable", said: "a.zip is truncated." }, "a.zip is truncated."],
  [
    { code: "upload_broke_down", errorId: "0a1b2c3d" },
    "It could not be read here (error 0a1b2c3d). Upload it again.",
  ],
  [
    { code: "upload_over_room", bytes: 3 * 2 ** 30, added: 2 ** 29, gib: 3.2 },
    "The samples of your models take up 3.0 GiB, uploads would add 0.5, and one visitor's may take up 3.2. Delete a model, or upload less.",
  ],
  [
    { code: "own_room_full", gib: 5 },
    "The samples of your models take up 5 GiB, the most that one visitor's may. Delete a model, then go on.",
  ],
  [
    { code: "network_room_full", gib: 15 },
    "The samples of models from your network address, with uploads under way, take up 15 GiB, the most that they may together. Delete a model, then go on.",
  ],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why a run failed, as %j, is told in words", (stored, text) => {
  expect(runFailureText(storedRunFailure.parse(stored))).toBe(text);
});

test("an upload's stored sentence is shown as it is", () => {
  expect(uploadFailureText("The archive is truncated.")).toBe("The archive is truncated.");
});

test.each([
  [{ code: "answered", status: 503 }, "It answered HTTP 503."],
  [
    { code: "redirected", status: 302 },
    "It redirects (HTTP 302), and a signed event goes nowhere else: give the address it redirects to.",
  ],
  [{ code: "not_reached", said: "Nothing listens there." }, "Nothing listens there."],
  [{ code: "secret_unreadable" }, "Its secret cannot be read here any more: give it a new one."],
  [{ code: "switched_off" }, "The webhook was switched off."],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why an event did not arrive, as %j, is told in words", (stored, text) => {
  expect(deliveryFailureText(storedDeliveryFailure.parse(stored))).toBe(text);
});

test.each([
  [{ code: "gone" }, "The address answered 410: nobody wants events there any more."],
  [{ code: "nothing_arrived", days: 5 }, "Nothing has arrived there for over 5 days."],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why a webhook was switched off, as %j, is told in words", (stored, text) => {
  expect(webhookPauseText(storedWebhookPause.parse(stored))).toBe(text);
});

test.each([
  [{ code: "not_served" }, "This model is no longer served here."],
  [{ code: "backend_away" }, "The backend is away or busy. Try again in a moment."],
  [{ code: "held" }, "A check of this site holds this image back."],
  [{ code: "refused", said: "No such prompt." }, "No such prompt."],
  [{ code: "broke_down" }, "It could not be drawn; the worker’s log says why."],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why a drawing lacks an image, as %j, is told in words", (stored, text) => {
  expect(drawingFailureText(storedDrawingFailure.parse(stored))).toBe(text);
});
