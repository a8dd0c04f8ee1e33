import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PageButtons } from "@/components/page-buttons";

afterEach(cleanup);

test.each([
  ["the first page", 0, 20, "1 to 20 of 45 prompts", [null, 20]],
  ["one between", 20, 20, "21 to 40 of 45 prompts", [0, 40]],
  ["the last page", 40, 5, "41 to 45 of 45 prompts", [20, null]],
])(
  "%s says what it shows, and leads to what there is before and after",
  (_name, offset, shown, text, ways) => {
    const gone: number[] = [];
    const page = { total: 45, offset, pageSize: 20, prompts: Array.from({ length: shown }) };
    render(<PageButtons page={page} go={(to) => gone.push(to)} />);
    screen.getByText(text);
    for (const name of ["Previous", "Next"]) fireEvent.click(screen.getByRole("button", { name }));
    expect(gone).toEqual(ways.filter((way) => way !== null));
  },
);
