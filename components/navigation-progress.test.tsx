import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NavigationProgress } from "@/components/navigation-progress";

const place = { path: "/", search: "" };
vi.mock("next/navigation", () => ({
  usePathname: () => place.path,
  useSearchParams: () => new URLSearchParams(place.search),
}));
beforeEach(() => Object.assign(place, { path: "/", search: "" }));
afterEach(cleanup);

const page = () => (
  <>
    <NavigationProgress />
    <a href="/models">Models</a>
    <a href="/api/v1/votes/export">Votes</a>
    <a href="#main">Skip</a>
    <a href="https://elsewhere.example/">Elsewhere</a>
  </>
);
const isLoading = () => screen.getByRole("status").textContent === "Loading the page";

test("says that a page is loading from the click on its link until it is there, and not again on the way back", () => {
  const { rerender } = render(page());
  expect(isLoading()).toBe(false);
  fireEvent.click(screen.getByText("Models"));
  expect(isLoading()).toBe(true);
  place.path = "/models";
  act(() => rerender(page()));
  expect(isLoading()).toBe(false);
  place.path = "/";
  act(() => rerender(page()));
  expect(isLoading()).toBe(false);
});

test("says nothing of files, places of the same page, other sites and new windows", () => {
  render(page());
  for (const name of ["Votes", "Skip", "Elsewhere"]) fireEvent.click(screen.getByText(name));
  fireEvent.click(screen.getByText("Models"), { ctrlKey: true });
  expect(isLoading()).toBe(false);
});
