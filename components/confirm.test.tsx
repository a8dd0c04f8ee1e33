import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Confirm } from "@/components/confirm";

afterEach(cleanup);

function open() {
  const runs: (() => void)[] = [];
  render(
    <Confirm
      label="Delete"
      ask="It is gone for good."
      go="Delete it"
      onGo={() => new Promise<void>((resolve) => void runs.push(resolve))}
    />,
  );
  return runs;
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

test("does nothing at the first press but ask, with the harmless answer under the finger", () => {
  const runs = open();
  fireEvent.click(button("Delete"));
  within(screen.getByRole("group", { name: "Delete it?" })).getByText("It is gone for good.");
  expect(document.activeElement).toBe(button("Keep it"));
  expect(runs).toHaveLength(0);
});

test("does it once when that is confirmed, and takes no other press until it is done", async () => {
  const runs = open();
  fireEvent.click(button("Delete"));
  fireEvent.click(button("Delete it"));
  expect(button("One moment").disabled).toBe(true);
  expect(button("Keep it").disabled).toBe(true);
  fireEvent.click(button("One moment"));
  fireEvent.keyDown(button("Keep it"), { key: "Escape" });
  expect(runs).toHaveLength(1);
  await act(async () => runs[0]());
  await waitFor(() => button("Delete"));
});

test.each([
  ["Keep it", () => fireEvent.click(button("Keep it"))],
  ["Escape", () => fireEvent.keyDown(button("Keep it"), { key: "Escape" })],
])("does nothing after %s, and gives the focus back to the button that asked", (_name, decline) => {
  const runs = open();
  fireEvent.click(button("Delete"));
  decline();
  expect(screen.queryByRole("group")).toBeNull();
  expect(document.activeElement).toBe(button("Delete"));
  expect(runs).toHaveLength(0);
});
