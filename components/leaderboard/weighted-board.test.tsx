import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { WeightedBoard } from "@/components/leaderboard/weighted-board";
import type { WeightedBoardResponse } from "@/lib/schemas/leaderboard";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/leaderboard/posters");
const ROUTE = "GET /api/v1/leaderboards/posters/weights";
const board = (first: string, changes: Partial<WeightedBoardResponse> = {}): WeightedBoardResponse => ({
  board: "posters",
  category: null,
  criteria: [
    { criterion: "overall", votes: 40, weight: 1 },
    { criterion: "aesthetics", votes: 12, weight: 0 },
    { criterion: "prompt_following", votes: 0, weight: 0 },
  ],
  ties: "half",
  snapshot: null,
  rows: [
    {
      ...{ model: first.toLowerCase(), name: first, rank: 1, rankLow: 1, rankHigh: 1 },
      ...{ rating: 1010, ratingLow: 990, ratingHigh: 1030 },
    },
  ],
  unrated: [],
  notes: [],
  remarks: [],
  ...changes,
});
const slider = (name: string) => screen.getByRole<HTMLInputElement>("slider", { name });
const move = (name: string, to: number) => fireEvent.change(slider(name), { target: { value: String(to) } });
const weights = () => new URLSearchParams(window.location.search).get("weights");

test("the ranking follows the weights, and the address keeps them", async () => {
  api.on(ROUTE, () => board("Turbo"));
  render(<WeightedBoard initial={board("Flow")} given={null} isVideo={false} />);
  screen.getByRole("link", { name: "Flow" });
  expect(weights()).toBeNull();
  move("Aesthetics", 60);
  await screen.findByRole("link", { name: "Turbo" });
  expect(weights()).toBe("overall:100,aesthetics:60");
  expect(api.of(ROUTE).map(({ query }) => Object.fromEntries(query))).toEqual([
    { overall: "100", aesthetics: "60", prompt_following: "0" },
  ]);
  fireEvent.click(screen.getByRole("button", { name: "Only aesthetics" }));
  expect(weights()).toBe("aesthetics:100");
});

test("a link's weights stand on the sliders, and nothing is asked for that the page brought", () => {
  render(<WeightedBoard initial={board("Flow")} given={{ aesthetics: 35 }} isVideo={false} />);
  expect([slider("Overall").value, slider("Aesthetics").value]).toEqual(["0", "35"]);
  expect(weights()).toBe("aesthetics:35");
  expect(api.requests).toEqual([]);
});

test("a criterion that nobody answered cannot be weighed, and no weight at all is said to be too little", async () => {
  render(<WeightedBoard initial={board("Flow")} given={null} isVideo={false} />);
  expect(slider("Prompt following").disabled).toBe(true);
  move("Overall", 0);
  expect((await screen.findByRole("alert")).textContent).toBe("Give at least one criterion some weight.");
  screen.getByRole("link", { name: "Flow" });
});

test("where nobody has answered, it leads to the arena instead of showing sliders", async () => {
  const silent = board("Flow", {
    criteria: [
      { criterion: "overall", votes: 40, weight: 1 },
      { criterion: "aesthetics", votes: 0, weight: 0 },
    ],
  });
  render(<WeightedBoard initial={silent} given={null} isVideo={false} />);
  expect(screen.queryAllByRole("slider")).toEqual([]);
  await waitFor(() =>
    expect(screen.getByRole("link", { name: "Vote" }).getAttribute("href")).toBe("/arena?board=posters"),
  );
});
