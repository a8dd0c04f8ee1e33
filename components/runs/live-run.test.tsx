import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { LiveRun } from "@/components/runs/live-run";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import type { RunResponse, RunState } from "@/lib/schemas/runs";
import { Refusal, servePage } from "@/tests/support/page-api";

const RUN = "/api/v1/runs/run_1";
const api = servePage("/runs/run_1");

const run = (part: Partial<RunResponse> & { state: RunState }): RunResponse => ({
  runId: "run_1",
  source: "ENDPOINT",
  label: null,
  parameters: null,
  capability: null,
  uploads: [],
  failedFor: null,
  failureReason: null,
  pausedFor: null,
  weights: null,
  supersededAt: null,
  model: {
    slug: "flow",
    name: "Flow",
    creator: "Tests",
    listed: true,
    submittedBy: "operator",
    keptOff: null,
    paradigm: null,
    architecture: null,
    representation: null,
    textConditioning: null,
  },
  promptSet: "toybox",
  total: 40,
  generated: 0,
  failed: 0,
  embedded: 0,
  samplesPerMinute: null,
  etaSeconds: null,
  medianLatencyMs: null,
  costUsd: null,
  costEstimatedUsd: 0,
  money: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  arena: null,
  recentSamples: [],
  failureCodes: [],
  failures: [],
  metrics: {},
  judging: [],
  unscored: [],
  canControl: false,
  ...part,
});
const generating = run({
  state: "GENERATING",
  generated: 10,
  failed: 2,
  samplesPerMinute: 60,
  etaSeconds: 28,
  startedAt: "2026-01-01T00:00:05.000Z",
});
const published = run({
  state: "PUBLISHED",
  generated: 40,
  embedded: 40,
  metrics: {
    "fd-toybox": { value: 12.5, low: 11, high: 14, n: 40, protocol: "0123456789abcdef", caveat: null },
  },
});

const uploaded = run({
  state: "PUBLISHED",
  source: "UPLOAD",
  label: "50 steps",
  generated: 38,
  embedded: 38,
  canControl: true,
  uploads: [
    {
      ...{
        uploadId: "upl_1",
        runId: "run_1",
        model: "flow",
        name: "mine.zip",
        state: "DONE",
        failedFor: null,
        failureReason: null,
      },
      ...{ sha256: null, bytes: 9, receivedBytes: 9, bytesUrl: "", layout: "index", files: 39, checked: 38 },
      ...{ added: 38, same: 0, passedOver: 0, problemCount: 1, createdAt: "2026-01-01T00:00:00.000Z" },
      finishedAt: null,
      problems: [{ name: "x.png", code: "unknown_prompt", message: "No prompt is called x." }],
    },
  ],
});

const show = (initial: RunResponse) => render(<LiveRun controlling={{ kind: "open" }} initial={initial} />);
/** The stage that the run stands at, as a screen reader is told. */
const step = () => document.querySelector("[aria-current=step]")?.textContent ?? null;
const progress = () => screen.getByRole("progressbar");
const alerts = () => screen.queryAllByRole("alert").map(({ textContent }) => textContent);

test("a run of uploaded samples says so, shows no latency or price, and what did not fit", () => {
  const { container } = show(uploaded);
  expect(container.textContent).toContain("Uploaded, not generated here");
  expect(container.textContent).toContain("38 samples added; 1 file did not fit.");
  expect(container.textContent).toContain("No prompt is called x.");
  for (const absent of ["Median latency", "Cost", "Rate"]) expect(screen.queryByText(absent)).toBeNull();
  expect(screen.getByText("Missing").nextElementSibling?.textContent).toBe("2");
});

test("says what its endpoint is asked for, and leaves out what is not said", () => {
  const parameters = {
    imageSize: "512x512",
    seeds: [7, 5],
    steps: 30,
    guidance: null,
    negativePrompt: null,
    extraFields: { scheduler: "euler" },
    extraHeaders: {},
  };
  show(run({ state: "QUEUED", parameters }));
  const facts = [...screen.getByLabelText("Request parameters").querySelectorAll("dt")];
  expect(facts.map((fact) => [fact.textContent, fact.nextElementSibling?.textContent])).toEqual([
    ["Image size", "512x512"],
    ["Seeds", "7, 5, the same for every prompt"],
    ["Steps", "30"],
    ["scheduler", "euler"],
  ]);
});

test("says why samples of a list of seeds are in no battle", () => {
  const arena = { width: 64, height: 64, fits: true, seedsTellSides: true, misshapen: 0, withheld: 0 };
  show(run({ state: "PUBLISHED", arena }));
  expect(screen.getByRole("note").textContent).toMatch(/seeds are a list.*no battle where everyone votes/);
});

describe("a run's page", () => {
  test("says of a queued run that it waits, and where its images will be", () => {
    show(run({ state: "QUEUED" }));
    expect(step()).toMatch(/Queued.*Waiting for a worker/);
    expect(progress().getAttribute("aria-label")).toBe("Queued: 0 of 40");
    screen.getByText("They appear here as they arrive.");
    expect(alerts()).toEqual([]);
  });

  test("says of a generating run how far it is, what failed of it and how long it takes", () => {
    show(generating);
    expect(step()).toMatch(/Generating/);
    expect(progress().getAttribute("aria-valuenow")).toBe("30");
    expect(progress().getAttribute("aria-label")).toBe("Generating: 12 of 40");
    expect(screen.getByRole("status").textContent).toBe("10 of 40 made");
    screen.getByText("about 28 s left");
    screen.getByText("60 a minute");
    expect(screen.getByText("Missing").nextElementSibling?.textContent).toBe("2");
  });

  test("says of a run that is scored how many of its images are embedded", () => {
    show(run({ state: "SCORING", generated: 38, failed: 2, embedded: 19 }));
    expect(step()).toMatch(/Scoring/);
    expect(progress().getAttribute("aria-valuenow")).toBe("50");
    expect(screen.getByRole("status").textContent).toBe("19 of 38 embedded");
  });

  test("shows a published run's numbers with their intervals, and no stage is open", () => {
    show(published);
    expect(step()).toBeNull();
    const numbers = screen.getByRole("region", { name: "Numbers" }).textContent;
    expect(numbers).toMatch(/12\.5/);
    expect(numbers).toMatch(/95% interval 11.*14.*n 40/);
    expect(numbers).toMatch(/protocol 0123456789ab/);
    expect(screen.getByRole("link", { name: /The model.s page/ }).getAttribute("href")).toBe("/models/flow");
  });

  test.each([
    [
      "why it failed, where it is said",
      { code: "none_made" as const, failed: 10, most: "The endpoint refused the key." },
      "None of the first 10 samples could be made. Most often: The endpoint refused the key.",
    ],
    ["why it failed as an earlier release stored it", "The key was refused.", "The key was refused."],
    ["that it failed, where why is not for the reader", null, "The run failed."],
  ])("says %s, and at which stage", (_case, failedFor, said) => {
    show(run({ state: "FAILED", failedFor, failed: 40, startedAt: "2026-01-01T00:00:05.000Z" }));
    expect(alerts()).toEqual([said]);
    expect(step()).toMatch(/2Failed/);
  });

  test("says of a cancelled run how far it came, without an alarm", () => {
    show(run({ state: "CANCELLED", generated: 40, embedded: 3 }));
    expect(step()).toMatch(/3Cancelled/);
    expect(alerts()).toEqual([]);
  });

  test("offers its submitter what the state allows, and nobody else anything", () => {
    const offered = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);
    const own = (state: RunState, part: Partial<RunResponse> = {}) =>
      show(run({ state, canControl: true, ...part }));
    own("GENERATING").unmount();
    for (const [state, part, expected] of [
      ["GENERATING", {}, ["Cancel"]],
      ["FAILED", {}, ["Resume"]],
      ["CANCELLED", {}, ["Resume"]],
      ["PAUSED", { pausedFor: "out_of_credit" }, ["Cancel", "Resume"]],
      ["PUBLISHED", {}, []],
      ["PUBLISHED", { model: { ...published.model, listed: false } }, ["Put on the board"]],
      ["PUBLISHED", { unscored: ["FID"] }, ["Score again"]],
    ] as const) {
      const { unmount } = own(state, part as Partial<RunResponse>);
      expect(offered()).toEqual(expected);
      unmount();
    }
    show(run({ state: "GENERATING" }));
    expect(offered()).toEqual([]);
  });
});

describe("a run that changes", () => {
  test("is followed until it is published", async () => {
    const answers = [generating, run({ state: "EXTRACTING", generated: 40, embedded: 10 }), published];
    api.on(`GET ${RUN}`, () => answers.shift() ?? published);
    show(run({ state: "QUEUED" }));
    await screen.findByText("about 28 s left");
    await waitFor(() => expect(step()).toMatch(/Embedding/));
    await screen.findByRole("region", { name: "Numbers" });
    expect(api.of(`GET ${RUN}`)).toHaveLength(3);
  });

  test("is cancelled by its submitter at once, asked for once", async () => {
    api.on(`POST ${RUN}/cancel`, () => ({}));
    api.on(`GET ${RUN}`, () => run({ state: "CANCELLED", canControl: true }));
    show({ ...generating, canControl: true });
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    fireEvent.click(screen.getByRole("button", { name: "One moment" }));
    await screen.findByRole("button", { name: "Resume" });
    expect(api.of(`POST ${RUN}/cancel`)).toHaveLength(1);
  });

  test("says why an action was refused, and stays as it was", async () => {
    api.on(`POST ${RUN}/cancel`, () => new Refusal(409, "conflict", "The run has just ended."));
    api.on(`GET ${RUN}`, () => ({ ...generating, canControl: true }));
    show({ ...generating, canControl: true });
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The run has just ended.");
    screen.getByRole("button", { name: "Cancel" });
  });
});

test("says what its endpoint was found to do when it was tested", () => {
  const capability: Capability = {
    ...{ testedAt: "2026-11-30T08:00:00.000Z", outcome: "ok", mediaType: "image/png", transparent: true },
    calls: [1200, 1100, 1300].map((latencyMs, i) => ({
      ...{ seed: i === 1 ? 2 : 1, outcome: "ok", latencyMs, inferenceMs: null, costUsd: 0.04 },
    })),
    size: { asked: "64x64", came: "64x64", verdict: "exact" },
    seed: { verdict: "fixed", sameLevels: 0, otherLevels: 0 },
    ...{ metadata: ["exif", "text"], textKeys: ["parameters"] },
  };
  render(<LiveRun initial={run({ state: "QUEUED", capability })} />);
  const tested = screen.getByRole("region", { name: "The endpoint, as it was tested" });
  for (const fact of [
    "30 Nov 2026, worked",
    "honoured, 64x64",
    "ignored: all samples of a prompt may be the same image",
    "1.2 s, 1.1 s, 1.3 s",
    "$0.04 an image, as it says",
    "has some: laid on white here",
    "EXIF, text (parameters)",
  ])
    expect(tested.textContent).toContain(fact);
});
