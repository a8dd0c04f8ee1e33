import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FilterSheet } from "./filter-sheet";

afterEach(cleanup);

test("the button says how many filters are set, and the sheet's own how many models are left; both close it", async () => {
  render(
    <FilterSheet active={2} shown={1}>
      <label>
        Price <input />
      </label>
    </FilterSheet>,
  );
  const trigger = screen.getByRole("button", { name: "Filters (2)" });
  for (const close of ["Show 1 model", "Close the filters"]) {
    fireEvent.click(trigger);
    const sheet = await screen.findByRole("dialog", { name: "Filters" });
    expect(within(sheet).getByLabelText("Price")).toBeTruthy();
    fireEvent.click(within(sheet).getByRole("button", { name: close }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  }
});

test("without a filter the button counts none", () => {
  render(
    <FilterSheet active={0} shown={10}>
      nothing
    </FilterSheet>,
  );
  expect(screen.getByRole("button", { name: "Filters" })).toBeTruthy();
});
