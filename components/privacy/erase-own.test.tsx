import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { EraseOwn } from "@/components/privacy/erase-own";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/privacy");
const ERASURE = "POST /api/v1/privacy/erasure";
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText<HTMLInputElement>(label), { target: { value } });
const press = () => fireEvent.click(screen.getByRole("button", { name: "Erase it" }));

test("nothing is erased before the word is typed, and a wrong password is said where it was typed", async () => {
  api.on(
    ERASURE,
    () => new Refusal(401, "unauthorised", "That is not the password of this account.", "password"),
  );
  render(<EraseOwn hasAccount hasPassword />);
  type(/^Your password/, "a guess of one");
  press();
  await screen.findByText("Type the word erase.");
  expect(api.of(ERASURE)).toEqual([]);
  type(/^Type the word erase/, " Erase");
  fireEvent.change(screen.getByLabelText(/others may see/), { target: { value: "remove" } });
  press();
  await screen.findByText("That is not the password of this account.");
  expect(api.of(ERASURE).map(({ body }) => body)).toEqual([
    { confirm: "erase", password: "a guess of one", listed: "remove" },
  ]);
});

test("a visitor without account is asked for no password", () => {
  render(<EraseOwn hasAccount={false} hasPassword={false} />);
  expect(screen.queryByLabelText(/password/i)).toBeNull();
  screen.getByRole("heading", { name: "Erase your data" });
});
