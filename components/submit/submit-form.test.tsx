import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { SubmitForm } from "@/components/submit/submit-form";
import type { ConnectionTestResponse, SubmissionResponse } from "@/lib/schemas/submissions";
import { pageRouter } from "@/tests/support/page-router";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/submit");
const boards = [
  { slug: "text-to-image", name: "Text to image", imageSize: "64x64" },
  { slug: "posters", name: "Posters", imageSize: "256x384" },
] as Parameters<typeof SubmitForm>[0]["boards"];

function open(chosen?: string) {
  const router = pageRouter("/submit");
  render(
    <SubmitForm
      boards={boards}
      chosen={chosen}
      suggestions={{ paradigm: ["GAN"], architecture: [], representation: [], textConditioning: [] }}
      reviewed={false}
      presets={[]}
    />,
    { wrapper: router.wrapper },
  );
  return router;
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
/** What a screen reader says of the field besides its name. */
const described = (label: string | RegExp) =>
  document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent ?? null;
const press = (name: RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const isMarked = (label: string | RegExp) => field(label).getAttribute("aria-invalid") === "true";

function fillIn() {
  type("Address", " https://host/v1 ");
  type("Model name at the endpoint", "flow-2");
  type(/^Key/, "sk-1");
  type("Name", "Flow 2");
  type("Creator", "Tests");
}

test("says at each field what is wrong, sends nothing, and puts the focus on the first one", async () => {
  open();
  type("Address", "ftp://host");
  type(/^Price per image/, "cheap");
  type("Creator", "Tests");
  press(/Submit and start/);
  await waitFor(() => expect(isMarked("Address")).toBe(true));
  expect(described("Address")).toMatch(/http or https address/);
  expect(described("Model name at the endpoint")).toMatch(/the endpoint knows the model by/);
  expect(described("Name")).toBe("Give the model a name.");
  expect(described(/^Price per image/)).toMatch(/Give a price in dollars/);
  expect(isMarked("Creator")).toBe(false);
  expect(document.activeElement).toBe(field("Address"));
  screen.getByText("Please fix the marked fields.");
  expect(api.requests).toEqual([]);

  type("Address", "https://host/v1");
  await waitFor(() => expect(isMarked("Address")).toBe(false));
  expect(isMarked("Name")).toBe(true);
});

test("says of an address that holds a key that it does, and not that it is none", async () => {
  open();
  fillIn();
  type("Address", "https://host/v1?api_key=abc");
  press(/Submit and start/);
  await waitFor(() => expect(described("Address")).toMatch(/holds a key \(api_key/));
});

test("sends what was typed, once, and goes on to the run", async () => {
  let answer = (_: SubmissionResponse) => {};
  api.on("POST /api/v1/models", () => new Promise((resolve) => (answer = resolve)));
  const router = open();
  fillIn();
  type(/^Price per image/, "0.04");
  type(/^Paradigm/, "GAN");
  type(/^Licence/, "MIT");
  type(/^Parameters/, "0.9");
  type(/^Number of prompts/, "10");
  fireEvent.change(screen.getByLabelText("Open weights"), { target: { value: "no" } });
  fireEvent.change(screen.getByLabelText("Board"), { target: { value: "posters" } });
  fireEvent.click(screen.getByRole("checkbox", { name: /Join arena/ }));
  press(/Submit and start/);
  await waitFor(() => expect(api.of("POST /api/v1/models")).toHaveLength(1));
  press(/Submitting/);
  answer({ modelId: "mod_1", model: "flow-2", runId: "run_1", runIds: ["run_1"], fitsArena: true });
  await waitFor(() => expect(router.visited).toEqual(["/runs/run_1"]));
  expect(api.of("POST /api/v1/models").map(({ body }) => body)).toEqual([
    {
      endpointUrl: "https://host/v1",
      providerModel: "flow-2",
      apiKey: "sk-1",
      imageSize: "64x64",
      concurrency: 2,
      ownPromptsPerDay: 0,
      name: "Flow 2",
      creator: "Tests",
      pricePerImageUsd: 0.04,
      openWeights: false,
      licence: "MIT",
      parameters: 900_000_000,
      paradigm: "GAN",
      promptCount: 10,
      samplesPerPrompt: 1,
      seeds: "per-prompt",
      extraFields: {},
      extraHeaders: {},
      listed: false,
      board: "posters",
    },
  ]);
});

test("proposes how long an image usually takes in the format, sends what was typed, and shows how long a test waits", async () => {
  let answer = (_: ConnectionTestResponse) => {};
  api.on("POST /api/v1/models/test", () => new Promise((resolve) => (answer = resolve)));
  open();
  fillIn();
  const wait = /^Longest wait for an image/;
  expect(field(wait).placeholder).toBe("180");
  type(/^Address/, "https://api.bfl.ai/v1");
  expect(field(wait).placeholder).toBe("600");
  press(/Test connection/);
  await screen.findByText(/each may take 600 s/);
  answer({ ok: false, outcome: "timeout", message: "No answer.", ...NO_IMAGE });
  await screen.findByText("No answer.");
  type(wait, "30");
  press(/Test connection/);
  await screen.findByText(/each may take 30 s/);
  answer({ ok: false, outcome: "timeout", message: "No answer again.", ...NO_IMAGE });
  await screen.findByText("No answer again.");
  expect(api.of("POST /api/v1/models/test").map(({ body }) => body)).toMatchObject([
    expect.not.objectContaining({ timeoutSeconds: expect.anything() as number }),
    { timeoutSeconds: 30 },
  ]);
  type(wait, "5");
  press(/Test connection/);
  await waitFor(() => expect(described(wait)).toMatch(/10 to 900/));
});
const FAILED_PROBE: ConnectionTestResponse["capability"] = {
  ...{ testedAt: "2026-11-30T08:00:00.000Z", outcome: "refused", mediaType: null, transparent: null },
  calls: [{ seed: 1, outcome: "refused", latencyMs: 12, inferenceMs: null, costUsd: null }],
  size: { asked: "64x64", came: null, verdict: null },
  seed: { verdict: "unknown", sameLevels: null, otherLevels: null },
  ...{ metadata: [], textKeys: [] },
};
const NO_IMAGE = {
  capability: FAILED_PROBE,
  ...{ latencyMs: null, width: null, height: null, costUsd: null },
  ...{ prompt: "a teddy bear reading a book", imageDataUrl: null },
};

/** Whether the fields of the run's parameters are in view. */
const isAdvancedOpen = () => screen.getByText("Advanced").closest("details")!.open;
const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

test("says which format an address is taken to speak, sends one that is chosen, and asks for a template where it needs one", async () => {
  api.on("POST /api/v1/models", () => new Promise(() => {}));
  open();
  fillIn();
  type(/^Address/, "https://api.bfl.ai/v1");
  expect(screen.getByText("api.bfl.ai speaks its own format: Black Forest Labs chosen.")).toBeTruthy();
  expect(screen.queryByLabelText(/^Request and answer/)).toBeNull();
  choose("Format", "http");
  expect(screen.queryByText(/speaks its own format/)).toBeNull();
  await waitFor(() => field(/^Request and answer/));
  press(/Submit and start/);
  await waitFor(() => expect(field(/^Request and answer/).getAttribute("aria-invalid")).toBe("true"));
  type(/^Request and answer/, '{"template": {"text": "{{prompt}}"}}');
  press(/Submit and start/);
  await waitFor(() => expect(api.of("POST /api/v1/models")).toHaveLength(1));
  expect(api.requests[0].body).toMatchObject({
    format: "http",
    formatOptions: { template: { text: "{{prompt}}" } },
  });
});

test("sends what is said under Advanced, and asks for seeds only where a list of them is chosen", async () => {
  api.on("POST /api/v1/models", () => new Promise(() => {}));
  open();
  fillIn();
  expect(isAdvancedOpen()).toBe(false);
  type(/^Samples of each prompt/, "2");
  expect(screen.queryByLabelText("List of seeds")).toBeNull();
  choose("Seeds", "list");
  await waitFor(() => field("List of seeds"));
  type("List of seeds", "7, 5 3");
  type(/^Steps/, "30");
  type(/^Guidance/, "7.5");
  type(/^Negative prompt/, "blur");
  type(/^Further fields/, '{"scheduler": "euler", "karras": true}');
  press(/Submit and start/);
  await waitFor(() => expect(api.of("POST /api/v1/models")).toHaveLength(1));
  expect(api.requests[0].body).toMatchObject({
    samplesPerPrompt: 2,
    seeds: [7, 5, 3],
    steps: 30,
    guidance: 7.5,
    negativePrompt: "blur",
    extraFields: { scheduler: "euler", karras: true },
  });
});

test("opens Advanced where something in it is wrong, says what, and sends nothing", async () => {
  open();
  fillIn();
  type(/^Samples of each prompt/, "2");
  choose("Seeds", "list");
  await waitFor(() => field("List of seeds"));
  type("List of seeds", "7");
  type(/^Further fields/, '{"n": 8}');
  press(/Submit and start/);
  await waitFor(() => expect(isAdvancedOpen()).toBe(true));
  expect(described(/^Further fields/)).toMatch(/may not hold n/);
  type(/^Further fields/, "scheduler=euler");
  press(/Submit and start/);
  await waitFor(() => expect(described(/^Further fields/)).toMatch(/An object of texts/));
  type(/^Further fields/, "");
  press(/Submit and start/);
  await waitFor(() => expect(described("List of seeds")).toMatch(/at least as many/));
  type("List of seeds", "7, eight");
  press(/Submit and start/);
  await waitFor(() => expect(described("List of seeds")).toMatch(/whole numbers/));
  expect(api.requests).toEqual([]);
});

test("names the size of the chosen board's battles", async () => {
  open();
  expect(described("Image size")).toMatch(/64x64/);
  fireEvent.change(screen.getByLabelText("Board"), { target: { value: "posters" } });
  await waitFor(() => expect(described("Image size")).toMatch(/256x384/));
});

test("starts with the board of the link and its size, and with the first one where the link names none of them", async () => {
  open("posters");
  await waitFor(() => expect(field("Board").value).toBe("posters"));
  expect(field("Image size").value).toBe("256x384");
  cleanup();
  open("not-mine");
  await waitFor(() => expect(field("Board").value).toBe("text-to-image"));
});

test("shows why a test of the connection failed, from the endpoint's fields alone, and stores nothing", async () => {
  const answer: ConnectionTestResponse = {
    ok: false,
    outcome: "refused",
    message: "The endpoint refused the key (401).",
    latencyMs: 12,
    width: null,
    height: null,
    prompt: "a red cube",
    costUsd: null,
    imageDataUrl: null,
    capability: FAILED_PROBE,
  };
  api.on("POST /api/v1/models/test", () => answer);
  open();
  press(/Test connection/);
  await waitFor(() => expect(isMarked("Address")).toBe(true));
  expect(isMarked("Name")).toBe(false);
  expect(document.activeElement).toBe(field("Address"));
  fillIn();
  choose("Seeds", "none");
  type(/^Further fields/, '{"scheduler": "euler"}');
  press(/Test connection/);
  await screen.findByText("The endpoint refused the key (401).");
  expect(api.requests.map(({ path, body }) => [path, body])).toEqual([
    [
      "/api/v1/models/test",
      {
        ...{ endpointUrl: "https://host/v1", providerModel: "flow-2", apiKey: "sk-1", imageSize: "64x64" },
        ...{ board: "text-to-image", seeds: "none", extraFields: { scheduler: "euler" } },
      },
    ],
  ]);
});

test("shows what the server refuses at the field it names, and elsewhere below the form, and can be sent again", async () => {
  const refusals = [
    new Refusal(409, "conflict", "A listed model has this name.", "name"),
    new Refusal(429, "rate_limited", "Too many submissions. Try again in a minute."),
  ];
  api.on("POST /api/v1/models", () => refusals.shift());
  const router = open();
  fillIn();
  press(/Submit and start/);
  await waitFor(() => expect(described("Name")).toBe("A listed model has this name."));
  expect(document.activeElement).toBe(field("Name"));
  expect(screen.queryByRole("alert")).toBeNull();
  press(/Submit and start/);
  expect((await screen.findByRole("alert")).textContent).toMatch(/Too many submissions/);
  expect(isMarked("Name")).toBe(false);
  expect(router.visited).toEqual([]);
  expect(field("Creator").value).toBe("Tests");
});
