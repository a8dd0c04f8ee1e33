import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ManagedModelList } from "@/components/admin/managed-model-list";
import type { ManagedModel } from "@/lib/schemas/administration/managed-models";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const PATH = "/api/v1/admin/models/flow";
const api = servePage("/admin/models");
const MODEL: ManagedModel = {
  ...{ id: "mdl_1", slug: "flow", name: "Flow", creator: "A lab", state: "listed", submittedBy: "visitor" },
  ...{ owner: null, visitor: "vtr_1", endpoint: "a.example", ownPromptsPerDay: 0, run: "failed", runs: 2 },
  ...{ votes: 12, bytes: 2_400_000, submittedAt: "2026-11-30T10:00:00.000Z" },
  lastFailure: { runId: "run_1", at: "2026-11-29T10:00:00.000Z", failedFor: "Its endpoint is down." },
};
function open(model: Partial<ManagedModel> | null) {
  const models = model === null ? [] : [{ ...MODEL, ...model }];
  render(<ManagedModelList models={models} isFiltered={false} />, {
    wrapper: pageRouter("/admin/models").wrapper,
  });
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const names = () => screen.getAllByRole("button").map(({ textContent }) => textContent);

test("a model's owner, state, runs, size and last failure are told", () => {
  open({});
  const text = screen.getByRole("listitem").textContent;
  for (const part of ["visitor", "not open", "2.4 MB", "2, the newest failed", "Its endpoint is down."])
    expect(text).toContain(part);
});

test("what is offered is what its state allows: nothing that ships with Salon can be removed", () => {
  open({ submittedBy: "bundled", visitor: null, endpoint: "127.0.0.1" });
  expect(names()).toEqual(["Hide Flow", "Run again"]);
});

test("a hidden model can be shown again, and one that waits approved", async () => {
  api.on(`POST ${PATH}`, () => ({ runId: null }));
  open({ state: "hidden" });
  expect(names()).toEqual(["Show again", "Run again", "Remove Flow"]);
  press("Show again: Flow");
  await waitFor(() => expect(api.of(`POST ${PATH}`).map(({ body }) => body)).toEqual([{ action: "show" }]));
});

test("turning a model down takes a reason, and a refusal is told in its words", async () => {
  api.on(`POST ${PATH}`, () => new Refusal(409, "conflict", "There is nothing to review."));
  open({ state: "waiting" });
  press("Reject Flow");
  expect((screen.getByRole("button", { name: "Reject it" }) as HTMLButtonElement).disabled).toBe(true);
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "It draws squares." } });
  press("Reject it");
  expect((await screen.findByRole("alert")).textContent).toBe("There is nothing to review.");
  expect(api.of(`POST ${PATH}`)[0].body).toEqual({ action: "reject", reason: "It draws squares." });
});

test("a site without models says so", () => {
  open(null);
  screen.getByText("There are no models yet.");
});
