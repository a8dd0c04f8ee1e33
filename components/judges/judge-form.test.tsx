import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { JudgeForm } from "@/components/judges/judge-form";
import type { JudgeTestResponse } from "@/lib/schemas/judges/judging";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/judges");
const rubric = (
  id: string,
  kind: "pointwise" | "vqascore",
  sees: "image" | "frames" | "video" = "image",
) => ({
  id,
  kind,
  sees,
  title: `Title of ${id}`,
  description: "",
  source: "",
});

function open({ ofVideos = false } = {}) {
  let added = 0;
  const rubrics = [
    rubric("viescore@1", "pointwise"),
    rubric("vqascore@1", "vqascore"),
    ...(ofVideos
      ? [rubric("videoscore@1", "pointwise", "frames"), rubric("wholescore@1", "pointwise", "video")]
      : []),
  ];
  render(<JudgeForm rubrics={rubrics} onAdded={() => void added++} />);
  return { added: () => added };
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const described = (label: string | RegExp) =>
  document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent ?? null;
const press = (name: RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const tick = (name: RegExp) => fireEvent.click(screen.getByRole("checkbox", { name }));

function fillIn() {
  type("Address", "https://host/v1");
  type("Model name at the endpoint", "vision-1");
  type("Name", "Vision");
  type("Creator of the model", "Tests");
}

test("says at each field what is wrong, and sends nothing", async () => {
  open();
  type(/^Requests at once/, "two");
  tick(/viescore/);
  press(/Add with/);
  await waitFor(() => expect(described("Address")).toMatch(/http or https address/));
  expect(described(/^Requests at once/)).toBe("Between 1 and 16.");
  expect(document.activeElement).toBe(field("Address"));
  const rubrics = screen.getByRole("group", { name: "Rubrics" });
  expect(document.getElementById(rubrics.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Choose at least one.",
  );
  expect(api.requests).toEqual([]);
});

test("sends what was typed and ticked, and is empty for the next one", async () => {
  api.on("POST /api/v1/judges", () => ({}));
  const { added } = open();
  fillIn();
  type(/^\$ per million input/, "0.5");
  type(/^Extra pairs/, "0");
  tick(/vqascore/);
  press(/Add with 2 rubrics/);
  await waitFor(() => expect(added()).toBe(1));
  expect(api.requests.map(({ body }) => body)).toEqual([
    {
      endpointUrl: "https://host/v1",
      providerModel: "vision-1",
      name: "Vision",
      creator: "Tests",
      usdPerMillionInputTokens: 0.5,
      pairsPerBoard: 0,
      concurrency: 2,
      rubrics: ["viescore@1", "vqascore@1"],
    },
  ]);
  expect(field("Address").value).toBe("");
});

test("shows why a try failed, from the endpoint's fields alone", async () => {
  const answer: JudgeTestResponse = {
    ok: false,
    message: "It answered without a verdict.",
    jsonSchema: false,
    logprobs: false,
    latencyMs: 5,
    said: "I am a teapot.",
  };
  api.on("POST /api/v1/judges/test", () => answer);
  open();
  type("Address", " https://host/v1");
  type("Model name at the endpoint", "vision-1");
  press(/Try it/);
  await screen.findByText("It answered without a verdict.");
  screen.getByText("I am a teapot.");
  expect(api.requests.map(({ body }) => body)).toEqual([
    { endpointUrl: "https://host/v1", providerModel: "vision-1", rubrics: ["viescore@1"] },
  ]);
});

test("whoever is shown whole videos is tried and added with the rubrics of those, never with both", async () => {
  api.on("POST /api/v1/judges/test", () => ({
    ok: true,
    message: "It takes videos.",
    said: "",
    latencyMs: 1,
  }));
  api.on("POST /api/v1/judges", () => ({}));
  const { added } = open({ ofVideos: true });
  expect(screen.queryByRole("checkbox", { name: /wholescore/ })).toBeNull();
  fillIn();
  fireEvent.click(screen.getByRole("radio", { name: /Whole, as a video file/ }));
  expect(screen.queryByRole("checkbox", { name: /videoscore/ })).toBeNull();
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /wholescore/ }).checked).toBe(true);
  press(/Try it/);
  await screen.findByText("It takes videos.");
  press(/Add with 2 rubrics/);
  await waitFor(() => expect(added()).toBe(1));
  const rubrics = ["viescore@1", "wholescore@1"];
  expect(api.requests.map(({ body }) => body)).toEqual([
    expect.objectContaining({ rubrics }),
    expect.objectContaining({ rubrics }),
  ]);
  fireEvent.click(screen.getByRole("radio", { name: /As eight frames/ }));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /videoscore/ }).checked).toBe(true);
});

test("shows what the server refuses at the field it names, and elsewhere below the form", async () => {
  const refusals = [
    new Refusal(400, "invalid_request", "A budget needs both prices.", "budgetUsd"),
    new Refusal(502, "endpoint_failed", "The endpoint did not answer."),
  ];
  api.on("POST /api/v1/judges", () => refusals.shift());
  const { added } = open();
  fillIn();
  type(/^Budget/, "3");
  press(/Add with/);
  await waitFor(() => expect(described(/^Budget/)).toBe("A budget needs both prices."));
  expect(document.activeElement).toBe(field(/^Budget/));
  press(/Add with/);
  expect((await screen.findByRole("alert")).textContent).toBe("The endpoint did not answer.");
  expect(added()).toBe(0);
  expect(field("Name").value).toBe("Vision");
});
