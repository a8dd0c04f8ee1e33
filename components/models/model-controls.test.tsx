import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ModelControls } from "@/components/models/model-controls";
import { TestEndpoint } from "@/components/models/test-endpoint";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/models/flow");
function open(listed: boolean) {
  const router = pageRouter("/models/flow");
  render(<ModelControls slug="flow" name="Flow" listed={listed} own />, { wrapper: router.wrapper });
  return router;
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = () => api.requests.map(({ method, path }) => `${method} ${path}`);

test("a model is withdrawn once that is confirmed, and its page stays", async () => {
  api.on("POST /api/v1/models/flow/withdraw", () => ({}));
  const router = open(true);
  press("Withdraw from the board");
  expect(sent()).toEqual([]);
  press("Withdraw it");
  await waitFor(() => screen.getByRole("button", { name: "Withdraw from the board" }));
  expect(sent()).toEqual(["POST /api/v1/models/flow/withdraw"]);
  expect(router.visited).toEqual([]);
});

test("a model is deleted once that is confirmed, and its page, which is gone, is left", async () => {
  api.on("DELETE /api/v1/models/flow", () => ({}));
  const router = open(true);
  press("Delete Flow");
  press("Keep it");
  expect(sent()).toEqual([]);
  press("Delete Flow");
  press("Delete it for good");
  await waitFor(() => expect(router.visited).toEqual(["/models"]));
  expect(sent()).toEqual(["DELETE /api/v1/models/flow"]);
});

test("a model that is on no board can only be deleted, and a refusal is told in its words", async () => {
  api.on("DELETE /api/v1/models/flow", () => new Refusal(429, "rate_limited", "Too many changes."));
  const router = open(false);
  expect(screen.getAllByRole("button")).toHaveLength(1);
  press("Delete Flow");
  press("Delete it for good");
  expect((await screen.findByRole("alert")).textContent).toBe("Too many changes.");
  expect(router.visited).toEqual([]);
});

test("an endpoint is tested after what it costs has been said", async () => {
  api.on("POST /api/v1/models/flow/test", () => ({}));
  const router = pageRouter("/models/flow");
  render(<TestEndpoint slug="flow" priceUsd={0.04} />, { wrapper: router.wrapper });
  press("Test the endpoint");
  screen.getByText(/three images, about \$0\.12/);
  expect(sent()).toEqual([]);
  press("Test it");
  await screen.findByText(/It is asked now/);
  expect(sent()).toEqual(["POST /api/v1/models/flow/test"]);
});
