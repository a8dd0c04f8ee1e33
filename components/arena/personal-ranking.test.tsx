import { render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { PersonalRanking } from "@/components/arena/personal-ranking";
import type { PersonalRanking as Ranking } from "@/lib/schemas/personal-ranking";
import { servePage } from "@/tests/support/page-api";

const page = servePage("/arena");
const ROUTE = "GET /api/v1/leaderboards/posters/personal";

const row = (name: string, rank: number, boardRank: number | null): Ranking["rows"][number] => ({
  ...{ model: name.toLowerCase(), name, rating: 1000, ratingLow: 900, ratingHigh: 1100 },
  ...{ rank, rankLow: rank, rankHigh: 3, votes: 10, boardRating: boardRank && 1000, boardRank },
});

test("says how many votes are missing, and with the last of them shows one's own ranking beside everybody's", async () => {
  page.on(ROUTE, (): Ranking => ({ board: "Posters", votes: 19, needed: 1, rows: [] }));
  const { rerender } = render(<PersonalRanking board="posters" votes={1} />);
  await screen.findByText(/^1 more vote on this board/);
  expect(screen.queryByRole("table")).toBeNull();
  page.on(ROUTE, (): Ranking => ({
    board: "Posters",
    votes: 20,
    needed: 0,
    rows: [row("Flow", 1, 2), row("Turbo", 2, null)],
  }));
  rerender(<PersonalRanking board="posters" votes={2} />);
  const table = await screen.findByRole("table");
  const lines = within(table).getAllByRole("row").slice(1);
  expect(
    lines.map((line) =>
      within(line)
        .getAllByRole("cell")
        .slice(0, 2)
        .map((cell) => cell.textContent),
    ),
  ).toEqual([
    ["1–3", "2"],
    ["2–3", "–"],
  ]);
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("href")).toBe(
    "/api/v1/leaderboards/posters/personal?format=csv",
  );
  const picture = screen.getByRole("link", { name: "Picture to share" });
  expect(picture.getAttribute("href")).toBe("/api/v1/leaderboards/posters/personal?format=png");
  expect(picture.hasAttribute("download")).toBe(true);
});

test("says nothing to who has not voted, and keeps what it has where a later answer does not come", async () => {
  page.on(ROUTE, (): Ranking => ({ board: "Posters", votes: 0, needed: 20, rows: [] }));
  const { container, rerender } = render(<PersonalRanking board="posters" votes={0} />);
  await waitFor(() => expect(page.of(ROUTE)).toHaveLength(1));
  expect(container.textContent).toBe("");
  page.on(ROUTE, (): Ranking => ({ board: "Posters", votes: 20, needed: 0, rows: [row("Flow", 1, 1)] }));
  rerender(<PersonalRanking board="posters" votes={1} />);
  await screen.findByRole("table");
  page.on(ROUTE, () => undefined);
  rerender(<PersonalRanking board="posters" votes={2} />);
  await waitFor(() => expect(page.of(ROUTE)).toHaveLength(3));
  screen.getByRole("table");
});
