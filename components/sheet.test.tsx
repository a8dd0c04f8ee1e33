import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { Dialog } from "radix-ui";
import { afterEach, expect, test } from "vitest";
import { Sheet } from "./sheet";

afterEach(cleanup);

test("what is in a sheet is shown once it is opened, under its title, and gone by its button or Escape", async () => {
  render(
    <Dialog.Root>
      <Dialog.Trigger>Open</Dialog.Trigger>
      <Sheet from="top" title="All pages" closeLabel="Close the pages">
        <a href="/arena">Arena</a>
      </Sheet>
    </Dialog.Root>,
  );
  expect(screen.queryByRole("link", { name: "Arena" })).toBeNull();
  const closings = [
    (sheet: HTMLElement) => fireEvent.click(within(sheet).getByRole("button", { name: "Close the pages" })),
    (sheet: HTMLElement) => fireEvent.keyDown(sheet, { key: "Escape" }),
  ];
  for (const close of closings) {
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    const sheet = await screen.findByRole("dialog", { name: "All pages" });
    expect(within(sheet).getByRole("link", { name: "Arena" })).toBeTruthy();
    close(sheet);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  }
});
