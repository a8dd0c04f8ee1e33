import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { AccountForm } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { confirmation } from "@/lib/schemas/accounts/accounts";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/sign-in/confirm");
const ACTION = "POST /api/auth/confirmation/use";

function open() {
  const done: unknown[] = [];
  render(
    <AccountForm
      action="confirmation/use"
      schema={confirmation}
      defaults={{ password: "" }}
      fixed={{ token: "of-the-email" }}
      submit="Confirm"
      onDone={(...told) => done.push(told)}
    >
      <TextField name="password" label="Password" type="password" required />
    </AccountForm>,
  );
  return done;
}
const password = () => screen.getByLabelText<HTMLInputElement>("Password");
const type = (value: string) => fireEvent.change(password(), { target: { value } });
const send = () => fireEvent.click(screen.getByRole("button", { name: "Confirm" }));

test("sends its fields with what is fixed, and hands on the answer with what was sent", async () => {
  api.on(ACTION, () => ({ state: "signed_in" }));
  const done = open();
  type("a long password");
  send();
  const body = { password: "a long password", token: "of-the-email" };
  await waitFor(() => expect(done).toEqual([[{ state: "signed_in" }, body]]));
  expect(api.of(ACTION).map((asked) => asked.body)).toEqual([body]);
});

test("what is missing is told at its field, and nothing is sent", async () => {
  const done = open();
  send();
  await screen.findByText("Please type your password.");
  expect(document.activeElement).toBe(password());
  expect(api.requests).toEqual([]);
  expect(done).toEqual([]);
});

test("a refusal that names no field stands at the form, what was typed stays, and it can be sent again", async () => {
  api.on(ACTION, () => new Refusal(410, "not_found", "This link was used already."));
  const done = open();
  type("a long password");
  send();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("This link was used already.");
  expect(password().value).toBe("a long password");
  api.on(ACTION, () => ({}));
  send();
  await waitFor(() => expect(done).toHaveLength(1));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("while it is sent a second press sends nothing", async () => {
  let answer = () => {};
  api.on(ACTION, () => new Promise((resolve) => (answer = () => resolve({}))));
  const done = open();
  type("a long password");
  send();
  const busy = await screen.findByRole<HTMLButtonElement>("button", { name: "One moment" });
  expect(busy.disabled).toBe(true);
  fireEvent.click(busy);
  await waitFor(() => expect(api.of(ACTION)).toHaveLength(1));
  answer();
  await waitFor(() => expect(done).toHaveLength(1));
  expect(api.of(ACTION)).toHaveLength(1);
});
