import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { PromptBrowser } from "@/components/prompts/prompt-browser";
import type { PromptPage } from "@/lib/schemas/prompt-sets";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/prompts/cups");
const ROUTE = "GET /api/v1/prompt-sets/cups/prompts";
const page = (texts: string[], next: number | null = null): PromptPage => ({
  prompts: texts.map((text, index) => promptOf(text, index)),
  total: texts.length,
  next,
});
const promptOf = (text: string, index: number): PromptPage["prompts"][number] => ({
  index,
  key: `k-${text}`,
  text,
  negativePrompt: null,
  category: "cups",
  tags: [],
  language: null,
  sourceArtifacts: [],
  images: { sources: [], reference: null },
  hasTruth: false,
  arena: false,
  referenceArtifact: null,
  metadata: null,
  contentHash: null,
});
function open(initial: PromptPage) {
  render(<PromptBrowser slug="cups" initial={initial} categories={["cups", "plates"]} tags={["glass"]} />);
}
const shown = () =>
  screen.queryAllByRole("listitem").map((item) => item.querySelector("p")?.textContent ?? "");
const asked = () => api.of(ROUTE).map(({ query }) => Object.fromEntries(query));
const type = (text: string) => fireEvent.change(screen.getByRole("searchbox"), { target: { value: text } });
const search = () => fireEvent.click(screen.getByRole("button", { name: "Search" }));

test("prompts are searched by text, category and tag together, from the first", async () => {
  api.on(ROUTE, () => page(["a red cup"]));
  open(page(["a red cup", "a plate"]));
  type("red");
  fireEvent.change(screen.getByLabelText("Category"), { target: { value: "cups" } });
  await waitFor(() => expect(shown()).toEqual(["a red cup"]));
  fireEvent.change(screen.getByLabelText("Tag"), { target: { value: "glass" } });
  await waitFor(() => expect(asked()).toHaveLength(2));
  expect(asked()[1]).toEqual({ text: "red", category: "cups", tag: "glass", from: "0" });
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("1 prompt"));
});

test("the answer to an earlier search, come late, does not stand in the place of the newest one's", async () => {
  const held: (() => void)[] = [];
  api.on(ROUTE, ({ query }) =>
    query.get("text") === "slow"
      ? new Promise((resolve) => held.push(() => resolve(page(["an old answer"]))))
      : page(["a quick answer"]),
  );
  open(page([]));
  type("slow");
  search();
  await waitFor(() => expect(held).toHaveLength(1));
  type("quick");
  search();
  await waitFor(() => expect(shown()).toEqual(["a quick answer"]));
  await act(async () => held[0]());
  // Whatever the server sends comes before the answer to this.
  await act(() => fetch("/api/v1/nothing").then((answer) => answer.text()));
  expect(shown()).toEqual(["a quick answer"]);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("more are added below, and what cannot be read says why and loses nothing", async () => {
  const answers = [new Refusal(503, "unavailable", "Later."), page(["third"], null)];
  api.on(ROUTE, () => answers.shift());
  open(page(["first", "second"], 2));
  const more = () => screen.getByRole("button", { name: "Show more" });
  fireEvent.click(more());
  expect((await screen.findByRole("alert")).textContent).toBe("Later.");
  expect(shown()).toEqual(["first", "second"]);
  fireEvent.click(more());
  await waitFor(() => expect(shown()).toEqual(["first", "second", "third"]));
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  expect(asked().map(({ from }) => from)).toEqual(["2", "2"]);
});

test("a search that nothing matches says so", async () => {
  api.on(ROUTE, () => page([]));
  open(page(["a cup"]));
  type("zebra");
  search();
  await screen.findByText("No prompt matches.");
  expect(screen.getByRole("status").textContent).toBe("0 prompts");
});
