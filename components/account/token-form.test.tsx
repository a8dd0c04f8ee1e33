import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { TokenForm } from "@/components/account/token-form";
import type { NewToken } from "@/lib/schemas/accounts/api-tokens";
import { Refusal, servePage } from "@/tests/support/page-api";

const PATH = "/api/v1/tokens";
const api = servePage("/account/tokens");
const made = { token: "salon_the-whole-token" } as NewToken;

function open() {
  const tokens: NewToken[] = [];
  render(<TokenForm path={PATH} onMade={(token) => tokens.push(token)} />);
  return tokens;
}
const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const make = () => fireEvent.click(screen.getByRole("button", { name: "Make a token" }));
const sent = () => api.of(`POST ${PATH}`).map(({ body }) => body);

test("a token ends after ninety days unless told, and the form keeps all but the name for the next", async () => {
  api.on(`POST ${PATH}`, () => made);
  const tokens = open();
  type(/^Name/, "nightly");
  make();
  await waitFor(() => expect(tokens).toEqual([made]));
  expect(sent()).toEqual([{ name: "nightly", days: 90, scopes: ["submit", "read-private"] }]);
  await waitFor(() => expect(field(/^Name/).value).toBe(""));
  expect(field(/^Valid for days/).value).toBe("90");
});

test.each(["0", "3651", "1.5", "soon"])(
  "%s days are refused at their field, and nothing is sent",
  async (days) => {
    const tokens = open();
    type(/^Name/, "nightly");
    type(/^Valid for days/, days);
    make();
    await screen.findByText("Between 1 and 3650 days, or leave it empty: it never ends.");
    expect(document.activeElement).toBe(field(/^Valid for days/));
    expect([sent(), tokens]).toEqual([[], []]);
  },
);

test("a token that may nothing is not made", async () => {
  open();
  type(/^Name/, "nightly");
  for (const box of screen.getAllByRole<HTMLInputElement>("checkbox")) if (box.checked) fireEvent.click(box);
  make();
  await screen.findByText("Choose at least one.");
  expect(sent()).toEqual([]);
});

test("a refusal stands at the form, and what was typed stays", async () => {
  api.on(`POST ${PATH}`, () => new Refusal(409, "conflict", "You have 50 tokens, the most there may be."));
  const tokens = open();
  type(/^Name/, "one more");
  make();
  await screen.findByText("You have 50 tokens, the most there may be.");
  expect(field(/^Name/).value).toBe("one more");
  expect(tokens).toEqual([]);
});
