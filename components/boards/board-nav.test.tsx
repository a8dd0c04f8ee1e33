import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { BoardNav } from "@/components/boards/board-nav";
import { boardCard } from "@/tests/support/board-forms";

afterEach(cleanup);

const boards = (many: number) =>
  Array.from({ length: many }, (_, index) => boardCard({ slug: `b${index}`, name: `Board ${index}` }));
const open = (given: ReturnType<typeof boards>, current: string) =>
  render(<BoardNav boards={given} current={current} hrefOf={(slug) => `/leaderboard/${slug}`} />);
const links = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));

test("stands only where there is another board to go to, or settings to change", () => {
  const { container } = open(boards(1), "b0");
  expect(container.textContent).toBe("");
  cleanup();
  open([boardCard({ slug: "b0", mayEdit: true })], "b0");
  expect(links()).toEqual(["/leaderboard/b0", "/boards/b0/settings"]);
});

test("marks the present board, and names it among eight however many there are", () => {
  open(boards(30), "b25");
  const here = screen.getAllByRole("link").filter((link) => link.getAttribute("aria-current") === "page");
  expect(here.map((link) => link.textContent)).toEqual(["Board 25"]);
  expect(links()).toEqual([...[0, 1, 2, 3, 4, 5, 6, 25].map((index) => `/leaderboard/b${index}`), "/boards"]);
  screen.getByRole("link", { name: "All 30" });
});

test("leads to the settings of the present board alone, and only who may change them", () => {
  const [first, second] = boards(2);
  open([{ ...first, mayEdit: true }, second], "b1");
  expect(links()).not.toContain("/boards/b0/settings");
  cleanup();
  open([{ ...first, mayEdit: true }, second], "b0");
  expect(links()).toContain("/boards/b0/settings");
});
