import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { RunNumbers } from "@/components/runs/run-numbers";

const metric = (value: number, n = 60) => ({
  ...{ value, low: value - 0.05, high: value + 0.05, n },
  ...{ protocol: "0123456789abcdef", caveat: null },
});

test("what the clips show stands side by side with intervals and n, by part and by category, and no number twice", () => {
  render(
    <RunNumbers
      metrics={{
        "clip-persistence": metric(0.25, 20),
        "clip-alignment": metric(0.5),
        "clip-alignment:held-out": metric(0.4, 10),
        "fvd-toybox": metric(12.5),
        "content-bias": metric(0.7),
      }}
    />,
  );
  const lines = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(lines).toEqual([
    "Clip alignment What this means: Clip alignment50.0% 45.0% to 55.0%, n 60",
    "Persistence What this means: Persistence25.0% 20.0% to 30.0%, n 20",
    "Clip alignment, held-out What this means: Clip alignment, held-out40.0% 35.0% to 45.0%, n 10",
  ]);
  expect(screen.getAllByRole("img").map((each) => each.getAttribute("aria-label"))).toContain(
    "25, 95% interval 20 to 30",
  );
  expect(screen.getAllByText(/^FVD-toybox, lower is better$/)).toHaveLength(1);
  const probes = screen.getByRole("heading", { name: "What FVD-toybox sees of motion" }).parentElement!;
  expect(within(probes).getByText("Content bias of FVD-toybox").nextElementSibling?.textContent).toBe(
    "70% 65% to 75%, n 60",
  );
});

test("a run of images has its cards alone", () => {
  const { container } = render(<RunNumbers metrics={{ "fd-toybox": metric(12.5) }} />);
  expect(within(container).queryByRole("heading")).toBeNull();
  expect(within(container).getByText("FD-toybox, lower is better")).toBeDefined();
});
