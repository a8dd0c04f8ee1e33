import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { RatingHistoryPlot } from "@/components/plots/rating-history";
import { seriesColour, seriesDash } from "@/components/plots/series-colours";

afterEach(cleanup);

const points = [10, 20].flatMap((votes) =>
  ["Ada", "Bea"].map((name, k) => {
    const rating = 1000 + (k === 0 ? votes : -votes);
    const createdAt = `2026-11-${votes}T00:00:00.000Z`;
    return { model: name, name, votes, createdAt, rating, low: rating - 5, high: rating + 5 };
  }),
);

test("no two of eighteen lines look alike", () => {
  const looks = Array.from({ length: 18 }, (_, k) => `${seriesColour(k)} ${seriesDash(k)}`);
  expect(new Set(looks).size).toBe(18);
});

test("the history of ratings is there in numbers too, best first, the newest with its interval", () => {
  render(<RatingHistoryPlot points={points} />);
  fireEvent.click(screen.getByRole("button", { name: "As a table" }));
  const rows = within(screen.getByRole("table")).getAllByRole("row");
  expect(rows.map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
    ["Model", "10 votes", "20 votes"],
    ["Ada", "1010", "1020 1015 to 1025"],
    ["Bea", "990", "980 975 to 985"],
  ]);
});

test("one model is brought forward by its button, and back by the same", () => {
  render(<RatingHistoryPlot points={points} />);
  const ada = screen.getByRole("button", { name: "Ada" });
  fireEvent.click(ada);
  expect(ada.getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(ada);
  expect(ada.getAttribute("aria-pressed")).toBe("false");
});
