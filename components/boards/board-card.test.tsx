import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { BoardCard } from "@/components/boards/board-card";
import { boardCard } from "@/tests/support/board-forms";

afterEach(cleanup);

const open = (changes: Parameters<typeof boardCard>[0] = {}) =>
  render(<BoardCard board={boardCard(changes)} />);
const links = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));

test("a board says what it compares and how far it is, and leads to its ranking", () => {
  const { container } = open();
  expect(links()).toEqual(["/leaderboard/posters"]);
  expect(container.textContent).toContain("2 models · 1 vote");
  screen.getByText("120 prompts");
});

test("shows images where it may, which screen readers need not hear of", () => {
  const image = { sampleId: "smp_1", url: "/media/1", prompt: "a red cup" };
  const { container } = open({ images: [image] });
  expect(container.querySelector("img")?.getAttribute("src")).toBe("/media/1");
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.queryByText("120 prompts")).toBeNull();
});

test("says that a board is one's own, private or archived, and says nothing of an open one of others", () => {
  open();
  for (const word of ["yours", "private", "archived"]) expect(screen.queryByText(word)).toBeNull();
  cleanup();
  open({ own: true, isPublic: false, isArchived: true });
  for (const word of ["yours", "private", "archived"]) screen.getByText(word);
});

test("leads to the settings only who may change them", () => {
  open({ own: true });
  expect(links()).toEqual(["/leaderboard/posters"]);
  cleanup();
  open({ mayEdit: true });
  expect(links()).toEqual(["/leaderboard/posters", "/boards/posters/settings"]);
});
