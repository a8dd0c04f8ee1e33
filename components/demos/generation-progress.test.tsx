import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { GenerationProgress } from "@/components/demos/generation-progress";
import { HowMeasured } from "@/components/demos/how-measured";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

const show = (props: Parameters<typeof GenerationProgress>[0]) =>
  render(<GenerationProgress {...props} />, { wrapper: pageRouter("/stack").wrapper });
const said = () => screen.queryByRole("status")?.textContent ?? null;

test.each([
  [
    "models that have just been added",
    { generated: 0, planned: 0, waiting: true, known: 0 },
    /just been added/,
  ],
  [
    "no registered models",
    { generated: 0, planned: 0, waiting: false, known: 0 },
    /No bundled model is registered/,
  ],
  ["demonstrations on their way", { generated: 3, planned: 12, waiting: true, known: 5 }, /3 of 12 images/],
  [
    "demonstrations that failed",
    { generated: 9, planned: 12, waiting: false, known: 5 },
    /3 of 12 images could not/,
  ],
])("says of %s what is to be expected", (_case, props, text) => {
  show(props);
  expect(said()).toMatch(text);
});

test("says nothing once all demonstrations are there", () => {
  show({ generated: 12, planned: 12, waiting: false, known: 5 });
  expect(said() ?? "").toBe("");
});

test("shows how far the generation is", () => {
  const { container } = show({ generated: 3, planned: 12, waiting: true, known: 5 });
  expect(container.querySelector<HTMLElement>("[style*=width]")?.style.width).toBe("25%");
});

test("measurements of the page lead to how they are made", () => {
  render(<HowMeasured />);
  expect(screen.getByRole("link", { name: "how it is measured" }).getAttribute("href")).toBe("/docs/methods");
});
