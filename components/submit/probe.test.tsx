import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { SubmitForm } from "@/components/submit/submit-form";
import type { ConnectionTestResponse } from "@/lib/schemas/submissions";
import { pageRouter } from "@/tests/support/page-router";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/submit");
type Boards = Parameters<typeof SubmitForm>[0]["boards"];
const BOARDS = [{ slug: "text-to-image", name: "Text to image", imageSize: "64x64" }] as Boards;

function open(boards = BOARDS) {
  const router = pageRouter("/submit");
  const suggestions = { paradigm: [], architecture: [], representation: [], textConditioning: [] };
  render(<SubmitForm boards={boards} presets={[]} suggestions={suggestions} reviewed={false} />, {
    wrapper: router.wrapper,
  });
  return router;
}
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: RegExp) => fireEvent.click(screen.getByRole("button", { name }));

function fillIn() {
  type("Address", "https://host/v1");
  type("Model name at the endpoint", "flow-2");
  type("Name", "Flow 2");
  type("Creator", "Tests");
}

const WORKS: ConnectionTestResponse = {
  ...{ ok: true, outcome: "ok", message: "It works.", prompt: "a red cube", imageDataUrl: null },
  ...{ latencyMs: 1200, width: 64, height: 64, costUsd: null },
  capability: {
    ...{ testedAt: "2026-11-30T08:00:00.000Z", outcome: "ok", mediaType: "image/png", transparent: false },
    calls: [{ seed: 1, outcome: "ok", latencyMs: 1200, inferenceMs: null, costUsd: null }],
    size: { asked: "64x64", came: "64x64", verdict: "exact" },
    seed: { verdict: "ignored", sameLevels: 30, otherLevels: 28 },
    ...{ metadata: [], textKeys: [] },
  },
};

test("says before a test what it asks for and costs, and after it what was found", async () => {
  api.on("POST /api/v1/models/test", () => WORKS);
  open();
  fillIn();
  screen.getByText(/A test asks for three images.*It costs what your provider takes/);
  type(/^Price per image/, "0.04");
  screen.getByText(/A test asks for three images.*By your price that is \$0.12/);
  type("Seeds", "none");
  screen.getByText(/A test asks for two images\. By your price that is \$0.08/);
  press(/Test connection/);
  await screen.findByText("It works.");
  screen.getByText("honoured, 64x64");
  screen.getByText("ignored: images cannot be repeated");
});

test("after a test that failed it is submitted only once that is said to be meant", async () => {
  const message = "The last test of this address failed: no model of that name.";
  api.on("POST /api/v1/models", ({ body }) =>
    (body as { acceptFailedProbe?: boolean }).acceptFailedProbe
      ? { modelId: "mod_1", model: "flow-2", runId: "run_1", runIds: ["run_1"], fitsArena: true }
      : new Refusal(409, "probe_failed", message),
  );
  const router = open();
  fillIn();
  press(/Submit and start/);
  expect((await screen.findByRole("alert")).textContent).toBe(message);
  expect(router.visited).toEqual([]);
  press(/Submit it all the same/);
  await waitFor(() => expect(router.visited).toEqual(["/runs/run_1"]));
  expect(api.of("POST /api/v1/models").map(({ body }) => body)).toMatchObject([
    expect.not.objectContaining({ acceptFailedProbe: expect.anything() as boolean }),
    { acceptFailedProbe: true },
  ]);
});

test("of a board of videos one is asked for", () => {
  open([{ slug: "text-to-image", name: "Clips", imageSize: "64x64", task: "TEXT_TO_VIDEO" }] as Boards);
  type(/^Price per image/, "0.5");
  screen.getByText(/A test asks for one video\. By your price that is \$0\.50/);
});
