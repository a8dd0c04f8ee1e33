import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { Explain } from "@/components/explain";
import { servePage } from "@/tests/support/page-api";

servePage();

test("an explanation opens by a button that says what it explains, and gives the focus back on Escape", async () => {
  render(<Explain about="Rating">Strength from all votes.</Explain>);
  const button = screen.getByRole("button", { name: "What this means: Rating" });
  expect(screen.queryByText("Strength from all votes.")).toBeNull();
  button.focus();
  fireEvent.click(button);
  const opened = await screen.findByRole("dialog", { name: "Rating" });
  expect(opened.textContent).toBe("Strength from all votes.");
  fireEvent.keyDown(opened, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.activeElement).toBe(button);
});
