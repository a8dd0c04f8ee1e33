import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { AdminIndex } from "@/components/admin/admin-index";
import { ADMIN_PAGES } from "@/components/admin/admin-pages";
import { PAGES } from "@/lib/access/pages";

afterEach(cleanup);

const COUNTS = {
  queue: { workers: 0, waiting: 1, retrying: 0, failed: 2 },
  models: { all: 3, waiting: 1, hidden: 0 },
  judges: { all: 1, paused: 1, waiting: 0 },
  references: { all: 0, failed: 0 },
  promptSets: { all: 1 },
  boards: { all: 1 },
  storage: { bytes: 3_000_000, isLow: true },
  votes: { held: 1 },
  reports: { open: 2, held: 0 },
  users: { all: 4, disabled: 1 },
};
const factsOf = (page: string) =>
  within(screen.getByRole("list", { name: page }))
    .getAllByRole("listitem")
    .map(({ textContent, className }) => [textContent, className.includes("alarm")]);

test("every page of the index has its row in the table of who may open it", () => {
  for (const { href } of ADMIN_PAGES) expect(Object.keys(PAGES)).toContain(href);
});

test("a card leads to its page, and says what is there and what needs attention", () => {
  render(<AdminIndex pages={ADMIN_PAGES} counts={COUNTS} />);
  expect(screen.getByRole("link", { name: "Queue" }).getAttribute("href")).toBe("/admin/queue");
  expect(factsOf("Queue")).toEqual([
    ["No worker is running", true],
    ["2 jobs failed for good", true],
    ["1 job waits", false],
  ]);
});

test("cards of votes, reports, storage and users say how many there are and what waits", () => {
  render(<AdminIndex pages={ADMIN_PAGES} counts={COUNTS} />);
  expect(factsOf("Votes")).toEqual([["1 vote held back by rules", true]]);
  expect(factsOf("Reports")).toEqual([["2 open reports", true]]);
  expect(factsOf("Storage")).toEqual([
    ["The disk is nearly full", true],
    ["3 MB used", false],
  ]);
  expect(factsOf("Users")).toEqual([
    ["4 accounts", false],
    ["1 disabled", false],
  ]);
});
