import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { BlockedWords } from "@/components/moderation/blocked-words";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/settings");
const PATH = "POST /api/v1/moderation/words";
const type = (value: string) => fireEvent.change(screen.getByRole("textbox"), { target: { value } });

test("the list is saved as a whole, an entry a line, and a refusal loses nothing of it", async () => {
  api.on(PATH, ({ body }) => ({ ...(body as object), revision: 2 }));
  render(<BlockedWords initial={{ words: ["gun"], revision: 1 }} changing={{ kind: "open" }} />);
  type("gun\n\n naked person \n");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.");
  expect(api.of(PATH).map(({ body }) => body)).toEqual([{ words: ["gun", "naked person"] }]);
  api.on(PATH, () => new Refusal(429, "rate_limited", "Too many at once."));
  type("gun\nknife");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Too many at once.");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("gun\nknife");
});
