import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { QueueRoom } from "@/components/admin/queue-room";
import type { QueueView } from "@/lib/schemas/administration/queue";
import { Refusal, servePage } from "@/tests/support/page-api";

const PATH = "/api/v1/admin/queue";
const api = servePage("/admin/queue");
const AT = "2026-11-30T10:00:00.000Z";
const EMPTY: QueueView = { kinds: [], failed: [], workers: [], paused: [] };
const counts = { kind: "refit-ratings", waiting: 2, running: 1, retrying: 1, failed: 1, oldest: null };
const dead = {
  ...{ id: "7", kind: "refit-ratings", about: { boardId: "brd_1" }, error: "no such board" },
  ...{ attempts: 10, maxAttempts: 10, nextTry: null, failedAt: AT },
};
const retried = { ...dead, id: "8", attempts: 2, nextTry: AT };

function open(queue: Partial<QueueView>) {
  api.on(`GET ${PATH}`, () => ({ ...EMPTY, ...queue }));
  render(<QueueRoom initial={{ ...EMPTY, ...queue }} />);
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("an empty queue and no worker are said in words", () => {
  open({ paused: [{ what: "no_worker" }] });
  screen.getByText("There are no jobs: everything is done.");
  screen.getByText("No job has failed.");
  screen.getByText("No worker is running: jobs wait.");
});

test("a job that failed is shown with its error and its attempts, and done again when asked for", async () => {
  api.on(`POST ${PATH}`, () => ({ changed: 1 }));
  open({ kinds: [counts], failed: [dead, retried] });
  const [first] = within(screen.getByRole("region", { name: "Failed jobs" })).getAllByRole("listitem");
  expect(first.textContent).toContain("no such board");
  expect(first.textContent).toContain("10 of 10 attempts");
  press("Try job 7 again");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("1 job is queued again."));
  expect(api.of(`POST ${PATH}`).map(({ body }) => body)).toEqual([{ action: "retry", job: "7" }]);
});

test("all failed jobs of a kind are done again together", async () => {
  api.on(`POST ${PATH}`, () => ({ changed: 2 }));
  open({ kinds: [counts], failed: [dead, retried] });
  press("Try all failed jobs of refit-ratings again");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("2 jobs are queued again."));
  expect(api.of(`POST ${PATH}`)[0].body).toEqual({ action: "retry", kind: "refit-ratings" });
});

test("only a job that is tried no more can be removed, once that is confirmed; a refusal is told in its words", async () => {
  api.on(`POST ${PATH}`, () => new Refusal(404, "not_found", "No job 7 has failed."));
  open({ failed: [dead, retried] });
  expect(screen.getAllByRole("button", { name: "Remove" })).toHaveLength(1);
  press("Remove");
  expect(api.of(`POST ${PATH}`)).toEqual([]);
  press("Remove it");
  expect((await screen.findByRole("alert")).textContent).toBe("No job 7 has failed.");
});

test("a paused run is named with its model, and says what its endpoint lacks", () => {
  open({ paused: [{ what: "run", runId: "run_1", model: "Painter", pausedFor: "out_of_credit" }] });
  const [item] = within(screen.getByRole("region", { name: "Paused" })).getAllByRole("listitem");
  expect(item.textContent).toContain(
    "A run of Painter is paused: the account behind the endpoint's key has no",
  );
  expect(within(item).getByRole("link", { name: "run" }).getAttribute("href")).toBe("/runs/run_1");
});
