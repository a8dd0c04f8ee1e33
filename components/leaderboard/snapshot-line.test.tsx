import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { SnapshotLine } from "@/components/leaderboard/snapshot-line";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

afterEach(cleanup);

const board = (changes: Partial<Leaderboard>) =>
  ({
    board: { slug: "posters", name: "Posters", description: "" },
    ...{ category: null, snapshot: null, styleControl: null, withJudge: null, apartVotes: 0 },
    ...changes,
  }) as Leaderboard;

test("votes that count apart are told with their number, and lead to the category that has them", () => {
  render(<SnapshotLine board={board({ apartVotes: 1_204 })} />);
  expect(screen.getByText(/^1,204 votes on visitors’ own prompts count apart/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "a category of their own" }).getAttribute("href")).toBe(
    "/leaderboard/posters?category=live",
  );
});

test("where none count apart nothing is said of them, and their category is named in words", () => {
  render(<SnapshotLine board={board({ category: "live" })} />);
  expect(screen.queryByText(/apart/)).toBeNull();
  expect(screen.getByText(/^No vote has been counted on visitors’ own prompts yet/)).toBeTruthy();
});
