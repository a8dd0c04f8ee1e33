import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { Drift } from "@/components/models/drift";
import type { DriftFinding, DriftView } from "@/lib/schemas/endpoints/drift";
import { servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/models/flow");
const CHANGED: DriftFinding = {
  ...{ at: "2026-11-20T08:00:00.000Z", verdict: "changed" },
  ...{ distance: 20.3, low: 15, high: 25.5, prompts: 8 },
};
const WATCH = { everyDays: null, images: 16, costUsd: 0.64, last: null, isUnderWay: false };
function open(drift: DriftView) {
  render(<Drift slug="flow" drift={drift} />, { wrapper: pageRouter("/models/flow").wrapper });
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = () => api.requests.map(({ path, body }) => [path, body]);

test("everybody reads that a model seems to have changed, with distance and interval; a stranger no cost and no buttons", () => {
  open({ changed: CHANGED, splitAt: "2026-10-01T00:00:00.000Z", watch: null });
  screen.getByText(
    "The model behind this name seems to have changed on 20 Nov 2026 (distance 20.3 grey levels, 97% interval 15.0 to 25.5, 8 prompts).",
  );
  screen.getByText(/A new version of this model counts from 1 Oct 2026 on/);
  expect(document.body.textContent).not.toContain("$");
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("its owner reads what a look costs before switching it on; what is no number of days changes nothing", async () => {
  api.on("POST /api/v1/models/flow/drift", () => ({}));
  open({ changed: null, splitAt: null, watch: WATCH });
  screen.getByText(/Off\. Each check draws 16 samples, about \$0\.64\./);
  const days = screen.getByLabelText(/every so many days/);
  fireEvent.change(days, { target: { value: "weekly" } });
  press("Switch it on");
  expect(screen.getByRole("alert").textContent).toBe("Give whole days, 1 to 90.");
  fireEvent.change(days, { target: { value: "7" } });
  press("Switch it on");
  await waitFor(() => expect(sent()).toEqual([["/api/v1/models/flow/drift", { everyDays: 7 }]]));
});

test("a new version is begun once that is confirmed", async () => {
  api.on("POST /api/v1/models/flow/split", () => ({}));
  open({ changed: CHANGED, splitAt: null, watch: { ...WATCH, everyDays: 7, last: CHANGED } });
  screen.getByText(/The check of 20 Nov 2026 found a change/);
  press("Begin a new version");
  expect(sent()).toEqual([]);
  press("Begin it");
  await waitFor(() => expect(sent().map(([path]) => path)).toEqual(["/api/v1/models/flow/split"]));
});
