import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { OwnPrompts } from "@/components/models/own-prompts";
import { servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/models/flow");

test("shows how many calls of how many were made today and what they cost, and the cap is changed beside", async () => {
  api.on("POST /api/v1/models/flow/own-prompts", () => ({ revision: 3, ownPrompts: { perDay: 80 } }));
  render(<OwnPrompts slug="flow" revision={2} perDay={50} used={12} usd={0.48} />, {
    wrapper: pageRouter("/models/flow").wrapper,
  });
  screen.getByText("12 of 50 today (UTC), $0.48");
  fireEvent.change(screen.getByLabelText(/^Visitors’ own prompts may call/), { target: { value: "80" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  expect(api.of("POST /api/v1/models/flow/own-prompts").map(({ body }) => body)).toEqual([{ perDay: 80 }]);
});
