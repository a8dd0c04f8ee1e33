import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Segmented } from "@/components/segmented";

afterEach(cleanup);

function Choice() {
  const [value, setValue] = useState<"" | "votes" | "time">("votes");
  return (
    <Segmented
      label="Axis"
      value={value}
      onChange={setValue}
      options={{ "": "as it is", votes: "by votes", time: "by time" }}
    />
  );
}

const radio = (name: string) => screen.getByRole("radio", { name });
const checked = () =>
  screen
    .getAllByRole("radio")
    .filter((each) => each.getAttribute("aria-checked") === "true")
    .map((each) => each.textContent);

/** A key held on whatever has the focus. */
async function press(key: string): Promise<void> {
  const focused = document.activeElement!;
  fireEvent.keyDown(focused, { key });
  await waitFor(() => expect(document.activeElement).not.toBe(focused));
  fireEvent.keyUp(document.activeElement!, { key });
}

test("one choice is on, has the group's name, and a click chooses another, the empty key too", () => {
  render(<Choice />);
  expect(screen.getByRole("radiogroup", { name: "Axis" })).toBeDefined();
  expect(checked()).toEqual(["by votes"]);
  fireEvent.click(radio("as it is"));
  expect(checked()).toEqual(["as it is"]);
});

test("the group is one stop of the Tab key, and arrow keys choose the next, around the end too", async () => {
  render(<Choice />);
  act(() => radio("by votes").focus());
  expect(screen.getAllByRole("radio").filter((each) => each.tabIndex === 0)).toEqual([radio("by votes")]);
  await press("ArrowRight");
  expect(checked()).toEqual(["by time"]);
  await press("ArrowRight");
  expect(checked()).toEqual(["as it is"]);
  await press("ArrowLeft");
  expect(checked()).toEqual(["by time"]);
});
