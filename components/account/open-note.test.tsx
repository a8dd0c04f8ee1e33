import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { OpenNote } from "@/components/account/open-note";
import { servePage } from "../../tests/support/page-api";

servePage("/submit");

test("the note of what is open is put away for good by one press", () => {
  const first = render(<OpenNote />);
  fireEvent.click(screen.getByRole("button", { name: "Got it" }));
  expect(screen.queryByRole("note")).toBeNull();
  first.unmount();
  render(<OpenNote />);
  expect(screen.queryByRole("note")).toBeNull();
});
