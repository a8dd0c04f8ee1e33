import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ChooseCompared } from "@/components/compare/choose-compared";
import { ComparedFacts } from "@/components/compare/compared-facts";
import { ComparedPrompts } from "@/components/compare/compared-prompts";
import { ComparedShares } from "@/components/compare/compared-shares";
import { parseCompared, type ModelComparison } from "@/lib/schemas/model-comparison";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

const choices = ["Ada", "Bea", "Cai", "Dov", "Eve"].map((name) => ({ model: name.toLowerCase(), name }));

function open(chosen: string[]) {
  const router = pageRouter("/leaderboard/ours/compare");
  render(<ChooseCompared board="ours" chosen={chosen} choices={choices} />, { wrapper: router.wrapper });
  const choose = (place: number, model: string) =>
    fireEvent.change(screen.getByLabelText(`Model ${place}`), { target: { value: model } });
  return { router, choose };
}

test("a link names two to four models, none twice", () => {
  expect(parseCompared("a,b")).toEqual(["a", "b"]);
  expect(parseCompared(" a, a,,b,c,d,e")).toEqual(["a", "b", "c", "d"]);
  expect(parseCompared(undefined)).toEqual([]);
});

test("a model is added, replaced and left out, each a step of the address, and no model is offered twice", () => {
  const { router, choose } = open(["ada", "bea"]);
  expect(within(screen.getByLabelText("Model 3")).queryByRole("option", { name: "Ada" })).toBeNull();
  choose(3, "cai");
  choose(1, "dov");
  choose(2, "");
  expect(router.visited).toEqual(
    ["ada,bea,cai", "dov,bea", "ada"].map((vs) => `/leaderboard/ours/compare?vs=${vs}`),
  );
});

test("no more than four places are offered", () => {
  open(["ada", "bea", "cai", "dov"]);
  expect(screen.queryByLabelText("Model 5")).toBeNull();
  screen.getByLabelText("Model 4");
});

test("each two models stand once, with the votes on the two and what all votes let expect", () => {
  const pair = (a: string, b: string, observed: number | null, games: number) => ({
    ...{ a, b, observed, games, wins: 6, losses: 3, ties: 1, bothBad: 0, predicted: 0.6 },
    ...{ predictedLow: 0.45, predictedHigh: 0.72, separated: false, directVotes: 90, boardVotes: null },
  });
  const comparison = {
    board: { slug: "ours", name: "Ours", isVideo: false },
    models: choices.slice(0, 3),
    pairs: [pair("ada", "bea", 0.65, 10), pair("bea", "ada", 0.35, 10), pair("ada", "cai", null, 0)],
  } as unknown as ModelComparison;
  render(<ComparedShares comparison={comparison} />);
  const rows = screen.getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    "Ada and Bea65%106 won, 3 lost, 1 even60%45% to 72%no; about 90 more votes on the two would",
    expect.stringMatching(/^Ada and Cai–/),
  ]);
});

test("models are held side by side: where the votes rank them, and what is known of any; then the same prompts by each", () => {
  const row = {
    ...{ creator: "Ours", rankLow: 1, rankHigh: 2, provisional: false, metrics: {}, votes: 1200 },
    ...{ rating: 1040, ratingLow: 1000, ratingHigh: 1080, pricePerImageUsd: 0.04, medianLatencyMs: 2400 },
    ...{ parameters: null, openWeights: null, licence: null, released: null, architecture: "DiT" },
    ...{ paradigm: null, representation: null, textConditioning: null },
  };
  const comparison = {
    board: { slug: "ours", name: "Ours", isVideo: false },
    snapshot: { votes: 1200, createdAt: "2026-11-22T18:52:00Z" },
    models: [
      { ...row, model: "ada", name: "Ada" },
      { ...row, model: "bea", name: "Bea", rating: null, architecture: null },
    ],
    prompts: [{ prompt: "a red fox", category: "colour", images: ["/media/a.png", "/media/b.png"] }],
  } as unknown as ModelComparison;
  const { container } = render(
    <>
      <ComparedFacts comparison={comparison} />
      <ComparedPrompts comparison={comparison} />
    </>,
  );
  screen.getByText("Ratings by 1,200 votes on the whole board, 22 Nov 2026, 18:52 UTC, with 95% intervals.");
  const labels = screen.getAllByRole("rowheader").map((header) => header.textContent);
  expect(labels).toEqual(["Rank", "Rating", "1,000 images", "Median time of an image", "Architecture"]);
  expect(container.textContent).toContain("1000 to 1080 · n 1,200");
  screen.getByText("no votes yet");
  screen.getByAltText("a red fox, by Bea");
});
