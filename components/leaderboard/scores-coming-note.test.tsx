import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ScoresComingNote } from "@/components/leaderboard/scores-coming-note";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

const show = (coming: Parameters<typeof ScoresComingNote>[0]["coming"], isVideo = false) =>
  render(<ScoresComingNote coming={coming} isVideo={isVideo} />, { wrapper: pageRouter().wrapper });

test("a board whose scores are on the way says of how many models, and how long they take where that is known", () => {
  show({ models: 6, of: 10, soFar: 2, secondsLeft: 725 });
  expect(screen.getByRole("status").textContent).toBe(
    "Scores are on the way: 6 of 10 models are still being measured, 2 with first scores over part of the prompts. Their images take about 12 min 5 s more. The runs",
  );
  cleanup();
  show({ models: 1, of: 1, soFar: 0, secondsLeft: null });
  expect(screen.getByRole("status").textContent).toBe(
    "Scores are on the way: 1 of 1 model is still being measured. The runs",
  );
});

test("a board of videos calls them so", () => {
  show({ models: 1, of: 2, soFar: 0, secondsLeft: 60 }, true);
  expect(screen.getByRole("status").textContent).toContain("Their videos take about 1 min more.");
});

test("a board whose scores are all there says nothing", () => {
  expect(show(null).container.innerHTML).toBe("");
});
