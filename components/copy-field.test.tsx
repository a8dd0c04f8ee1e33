import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { CopyField } from "@/components/copy-field";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () => render(<CopyField id="badge" label="Badge" text="https://salon.test/badge.svg" />);

test("its button copies the whole text and says so", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  show();
  fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect((await screen.findByText("Copied.")).getAttribute("role")).toBe("status");
  expect(writeText).toHaveBeenCalledWith("https://salon.test/badge.svg");
});

test("where the browser refuses to copy, it says how to do it by hand, and the text is selected on focus", async () => {
  vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("refused")) } });
  show();
  fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  await screen.findByText(/select it and copy it/);
  const field = screen.getByLabelText<HTMLInputElement>("Badge");
  fireEvent.focus(field);
  expect(field.value.slice(field.selectionStart!, field.selectionEnd!)).toBe("https://salon.test/badge.svg");
});
