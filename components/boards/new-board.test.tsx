import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { NewBoard } from "@/components/boards/new-board";
import type { BoardChoices } from "@/lib/schemas/views";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/boards/new");
const choices: BoardChoices = {
  promptSets: [
    { slug: "posters", name: "Posters", prompts: 120 },
    { slug: "faces", name: "Faces", prompts: 40 },
  ],
  encoders: ["toybox-encoder", "dinov2"],
  videoEncoders: [],
  references: [
    { id: "ref_1", name: "Street", encoder: "dinov2" },
    { id: "ref_2", name: "Toys", encoder: "toybox-encoder" },
  ],
  unfinishedReferences: [],
  judges: [{ slug: "mini", name: "Mini judge", own: false }],
};

function open(given: BoardChoices = choices) {
  const router = pageRouter("/boards/new");
  render(<NewBoard choices={given} />, { wrapper: router.wrapper });
  return router;
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const described = (label: string | RegExp) =>
  document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent ?? null;
const make = () => fireEvent.click(screen.getByRole("button", { name: "Make the board" }));

test("says at each field what is wrong, opens the settings below which one lies, and sends nothing", async () => {
  open();
  type("Size of a battle's images", "1024 by 1024");
  type("Votes until a rating is settled", "few");
  make();
  await waitFor(() => expect(described("Name")).toBe("Give the board a name of at most 80 characters."));
  expect(described("Size of a battle's images")).toMatch(/must look like 1024x1024/);
  expect(described("Votes until a rating is settled")).toBe("A whole number from 0 on.");
  expect(document.querySelector("details")?.open).toBe(true);
  expect(document.activeElement).toBe(field("Name"));
  expect(api.requests).toEqual([]);
});

test("sends what was chosen, with the API's own defaults for the rest, and goes on to the board's settings", async () => {
  api.on("POST /api/v1/boards", () => ({ slug: "our-posters-1" }));
  const router = open();
  type("Name", " Our  posters ");
  type("Prompt set", "faces");
  type("Task", "text-to-video");
  type("Size of a battle's images", "1280 x 720");
  fireEvent.click(screen.getByRole("radio", { name: /Each in its own size/ }));
  type("Vote", "everyone");
  type(/^Question/, "Which one moves better?");
  fireEvent.click(screen.getByRole("checkbox", { name: "Motion" }));
  fireEvent.click(screen.getByRole("checkbox", { name: "Mini judge" }));
  type("Allowed difference in shape, percent", "5");
  make();
  await waitFor(() => expect(router.visited).toEqual(["/boards/our-posters-1/settings"]));
  expect(api.requests.map(({ body }) => body)).toEqual([
    {
      name: "Our posters",
      description: "",
      promptSet: "faces",
      furtherPromptSets: [],
      task: "text-to-video",
      size: "1280x720",
      fit: "own",
      question: "Which one moves better?",
      criteria: ["motion"],
      aspectTolerance: 0.05,
      seenBy: "invited",
      votedBy: "everyone",
      submittedBy: "invited",
      listing: "automatic",
      livePrompts: false,
      countsLiveVotes: false,
      provisionalVotes: 30,
      metrics: [],
      judges: ["mini"],
    },
  ]);
});

test("does not ask for motion on a board whose task was changed back to images", async () => {
  api.on("POST /api/v1/boards", () => ({ slug: "s" }));
  open();
  type("Name", "Stills");
  type("Task", "text-to-video");
  fireEvent.click(screen.getByRole("checkbox", { name: "Motion" }));
  type("Task", "text-to-image");
  await waitFor(() => expect(screen.queryByRole("checkbox", { name: "Motion" })).toBeNull());
  make();
  await waitFor(() => expect(api.requests).toHaveLength(1));
  expect(api.requests[0].body).toMatchObject({ criteria: [] });
});

test("offers under each encoder its own reference sets, and each encoder once more at most", async () => {
  api.on("POST /api/v1/boards", () => ({ slug: "s" }));
  open();
  type("Name", "Measured");
  const add = () => screen.queryByRole("button", { name: "Add an encoder" });
  fireEvent.click(add()!);
  const sets = () =>
    [...screen.getAllByLabelText<HTMLSelectElement>("Reference set")[0].options].map((each) => each.text);
  await waitFor(() => expect(sets()).toEqual(["none, no distance", "Toys"]));
  fireEvent.change(screen.getAllByLabelText("Encoder")[0], { target: { value: "dinov2" } });
  await waitFor(() => expect(sets()).toEqual(["none, no distance", "Street"]));
  expect(screen.getAllByLabelText<HTMLSelectElement>("Reference set")[0].value).toBe("ref_1");
  fireEvent.click(add()!);
  await waitFor(() => expect(add()).toBeNull());
  fireEvent.change(screen.getAllByLabelText("Reference set")[1], { target: { value: "" } });
  make();
  await waitFor(() => expect(api.requests).toHaveLength(1));
  expect(api.requests[0].body).toMatchObject({
    metrics: [
      { encoder: "dinov2", reference: "ref_1" },
      { encoder: "toybox-encoder", reference: null },
    ],
  });
});

test("shows what the server refuses at the field it names, one of a row too, and elsewhere below the form", async () => {
  const refusals = [
    new Refusal(400, "invalid_request", "There is no built reference set.", "metrics.0.reference"),
    new Refusal(409, "conflict", "You have 10 boards here."),
  ];
  api.on("POST /api/v1/boards", () => refusals.shift());
  const router = open();
  type("Name", "Measured");
  fireEvent.click(screen.getByRole("button", { name: "Add an encoder" }));
  await screen.findByLabelText("Reference set");
  make();
  await waitFor(() => expect(described("Reference set")).toBe("There is no built reference set."));
  make();
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("You have 10 boards here.")).toBeTruthy();
  expect(field("Name").value).toBe("Measured");
  expect(router.visited).toEqual([]);
});

test("asks for a prompt set where there is none to choose", async () => {
  open({ ...choices, promptSets: [] });
  type("Name", "Bare");
  make();
  await waitFor(() => expect(described("Prompt set")).toBe("Choose a prompt set."));
  expect(screen.getByRole("link", { name: "Import a set" }).getAttribute("href")).toBe("/prompts/new");
  expect(api.requests).toEqual([]);
});
