import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { ValueChart } from "@/components/leaderboard/value-chart";
import type { PricedModel } from "@/lib/schemas/leaderboard";
import { servePage } from "@/tests/support/page-api";

servePage("/leaderboard/text-to-image");

const model = (name: string, rating: number, price: number | null, latency: number | null): PricedModel => ({
  model: name.toLowerCase(),
  modelId: name,
  name,
  creator: "",
  submittedBy: "operator",
  rank: 1,
  rankLow: 1,
  rankHigh: 2,
  rating,
  ratingLow: rating - 20,
  ratingHigh: rating + 20,
  votes: 12,
  provisional: false,
  pricePerImageUsd: price,
  medianLatencyMs: latency,
  openWeights: null,
});
const MODELS = [model("Ada", 1100, 0.04, 900), model("Bea", 1000, 0.01, 4000), model("Cai", 900, 0.02, null)];
const openTable = () => fireEvent.click(screen.getByRole("button", { name: "As a table" }));
const rows = () =>
  within(screen.getByRole("table"))
    .getAllByRole("row")
    .slice(1)
    .map((row) => [...row.children].map(({ textContent }) => textContent));

test("quality against price says in words and in a table what it draws: intervals, votes, and who is beaten in both", () => {
  render(<ValueChart models={MODELS} />);
  openTable();
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe(
    "Rating against price of 1,000 samples: Bea 1000 at $10.00, unbeaten; Cai 900 at $20.00; Ada 1100 at $40.00, unbeaten",
  );
  expect(rows()).toEqual([
    ["Bea", "$10.00", "1000", "980 to 1020", "12", "no"],
    ["Cai", "$20.00", "900", "880 to 920", "12", "yes"],
    ["Ada", "$40.00", "1100", "1080 to 1120", "12", "no"],
  ]);
});

test("the same against speed, where what has no time is left out and said to be", () => {
  render(<ValueChart models={MODELS} />);
  openTable();
  fireEvent.click(screen.getByRole("radio", { name: "speed" }));
  expect(rows().map(([name]) => name)).toEqual(["Ada", "Bea"]);
  screen.getByText(/Of 1 rated model the speed is not known/);
});

test("where prices are not known there is speed alone, and where neither is, nothing", () => {
  const { unmount } = render(
    <ValueChart models={[model("Ada", 1100, null, 1), model("Bea", 1000, null, 2)]} />,
  );
  screen.getByRole("heading", { name: "Quality against speed" });
  expect(screen.queryByRole("radio")).toBeNull();
  unmount();
  const { container } = render(<ValueChart models={[model("Ada", 1100, 1, null)]} />);
  expect(container.innerHTML).toBe("");
});
