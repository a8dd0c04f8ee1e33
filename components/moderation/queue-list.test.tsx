import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { QueueList } from "@/components/moderation/queue-list";
import type { QueuedSample, StateChange } from "@/lib/schemas/moderation";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/reports");
const PATH = "/api/v1/samples/smp_1/state";
const sample: QueuedSample = {
  sampleId: "smp_1",
  image: "/media/moderation/smp_1",
  state: "visible",
  reason: null,
  prompt: "a red fox",
  model: { slug: "m", name: "M" },
  runId: "run_1",
  reports: 1,
  newest: [{ reason: "hate", text: "see the sign", reporter: "visitor", at: "2026-11-30T00:00:00Z" }],
};

function open() {
  let state: StateChange["state"] = "visible";
  api.on(`POST ${PATH}`, ({ body }) => {
    const before = { state, reason: null };
    state = (body as StateChange).state;
    return { sampleId: "smp_1", state, before, images: 3 };
  });
  render(<QueueList samples={[sample]} />);
}
const sent = () => api.of(`POST ${PATH}`).map(({ body }) => body);

test("an image is decided on by a key, for the reason that it was reported for, and U undoes it", async () => {
  open();
  const image = screen.getByRole("listitem", { name: "a red fox" });
  fireEvent.keyDown(image, { key: "r" });
  await screen.findByText(/Removed, with 2 more of the same bytes/);
  fireEvent.keyDown(image, { key: "u" });
  await waitFor(() =>
    expect(sent()).toEqual([
      { state: "removed", reason: "hate" },
      { state: "visible", reopens: true },
    ]),
  );
});

test("keys that are pressed while something is chosen decide nothing", () => {
  const before = api.requests.length;
  open();
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "r" });
  expect(api.requests.length).toBe(before);
});

test("a refusal is told and the image stays as it was", async () => {
  open();
  api.on(`POST ${PATH}`, () => new Refusal(404, "not_found", "There is no such image."));
  fireEvent.click(screen.getByRole("button", { name: /^Blur/ }));
  expect((await screen.findByRole("alert")).textContent).toBe("There is no such image.");
  expect(screen.getByText(/Shown/)).toBeTruthy();
});
