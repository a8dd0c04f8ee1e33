import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Members } from "@/components/boards/members";
import type { BoardMemberView, MemberChange } from "@/lib/schemas/boards";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/boards/posters-1/settings");
const LIST = "/api/v1/boards/posters-1/members";
const run = (runId: string, state: string) => ({
  runId,
  label: null as string | null,
  promptSet: null,
  parameters: null as BoardMemberView["runs"][number]["parameters"],
  state,
  samples: 12,
  createdAt: "2026-11-01T00:00:00Z",
});
const model = (
  name: string,
  state: BoardMemberView["state"],
  runs = [run("run_1", "PUBLISHED")],
): BoardMemberView => ({
  model: name.toLowerCase(),
  name,
  creator: "Tests",
  state,
  listed: true,
  votes: 3,
  run: null,
  runs,
});

/** A board whose models are as they were changed last. */
function open(members: BoardMemberView[]) {
  let now = members;
  api.on(`GET ${LIST}`, () => ({ members: now }));
  for (const { model } of [...members, { model: "turbo" }]) {
    api.on(`POST ${LIST}/${model}`, ({ body }) => {
      const change = body as MemberChange;
      if (!now.some((each) => each.model === model)) now = [...now, added];
      now = now.map((each) => (each.model === model ? { ...each, ...change } : each));
      return { members: now };
    });
  }
  render(
    <Members
      board="posters-1"
      initial={{ members }}
      candidates={[{ model: "turbo", name: "Turbo", creator: "Tests", own: true }]}
    />,
  );
}
const added = model("Turbo", "member", []);
const card = (name: string) => within(screen.getByRole("article", { name }));
const bodies = () =>
  api.requests.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);

test("lets on a model that waits, and takes one off", async () => {
  open([model("Flow", "waiting"), model("Gan", "member")]);
  card("Flow").getByText("waits to be let on");
  fireEvent.click(card("Flow").getByRole("button", { name: "Let on Flow" }));
  await waitFor(() => card("Flow").getByText("on the board"));
  fireEvent.click(card("Gan").getByRole("button", { name: "Take off Gan" }));
  await waitFor(() => card("Gan").getByText("taken off"));
  expect(bodies()).toEqual([
    [`${LIST}/flow`, { state: "member" }],
    [`${LIST}/gan`, { state: "removed" }],
  ]);
});

test("chooses which published run stands for a model, and the best again", async () => {
  open([model("Flow", "member", [run("run_2", "FAILED"), run("run_1", "PUBLISHED")])]);
  const choice = card("Flow").getByLabelText<HTMLSelectElement>(/Run that stands for it/);
  expect([...choice.options].map((each) => each.value)).toEqual(["", "run_1"]);
  fireEvent.change(choice, { target: { value: "run_1" } });
  await waitFor(() => expect(choice.value).toBe("run_1"));
  fireEvent.change(choice, { target: { value: "" } });
  await waitFor(() => expect(choice.value).toBe(""));
  expect(bodies().map(([, body]) => body)).toEqual([{ run: "run_1" }, { run: null }]);
});

test("names a run by its label and by what its endpoint was asked for", () => {
  const parameters = {
    imageSize: "512x512",
    seeds: [7, 5],
    steps: 30,
    guidance: null,
    negativePrompt: null,
    extraFields: { scheduler: "euler" },
    extraHeaders: {},
  };
  const plain = { ...parameters, seeds: "per-prompt" as const, steps: null, extraFields: {} };
  open([
    model("Flow", "member", [
      { ...run("run_1", "PUBLISHED"), parameters, label: "sharp" },
      { ...run("run_2", "PUBLISHED"), parameters: { ...plain, seeds: "none", guidance: 4 } },
      { ...run("run_3", "PUBLISHED"), parameters: plain },
      run("run_4", "PUBLISHED"),
    ]),
  ]);
  const choice = card("Flow").getByLabelText<HTMLSelectElement>(/Run that stands for it/);
  expect([...choice.options].slice(1).map(({ text }) => text.split(", 12 samples")[0])).toEqual([
    "sharp: steps 30, scheduler euler, seeds 7 5",
    "guidance 4, no seeds",
    "run_3",
    "run_4",
  ]);
});

test("adds a model that is not on the board, once", async () => {
  open([]);
  screen.getByText(/No model stands on this board yet/);
  fireEvent.change(screen.getByLabelText("Add a model"), { target: { value: "turbo" } });
  fireEvent.click(screen.getByRole("button", { name: "Add" }));
  await waitFor(() => card("Turbo").getByText("No run over the board's prompts yet."));
  expect(bodies()).toEqual([[`${LIST}/turbo`, { state: "member" }]]);
  screen.getByText("no other model does this task");
});

test("says why a change was refused, and leaves the list as it is", async () => {
  open([model("Flow", "waiting")]);
  api.on(`POST ${LIST}/flow`, () => new Refusal(429, "rate_limited", "Too many changes. Try again later."));
  fireEvent.click(card("Flow").getByRole("button", { name: "Let on Flow" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Too many changes. Try again later.");
  card("Flow").getByText("waits to be let on");
});
