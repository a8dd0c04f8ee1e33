import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ConfirmAddress, NewPassword, UseLink } from "@/components/account/by-mail";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/sign-in/link");
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const spent = () => new Refusal(404, "not_found", "This link was used already, or is too old.");

test("a link of an email is used by a press alone, never by opening its page", async () => {
  api.on("POST /api/auth/link/use", spent);
  render(<UseLink token="of-the-email" from="this-browser" />);
  expect(api.requests).toEqual([]);
  press("Sign in");
  expect((await screen.findByRole("alert")).textContent).toBe("This link was used already, or is too old.");
  expect(api.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["POST", "/api/auth/link/use", { token: "of-the-email", from: "this-browser" }],
  ]);
});

test("an address is confirmed with the account's password, not by the email alone", async () => {
  api.on("POST /api/auth/confirmation/use", spent);
  render(<ConfirmAddress token="of-the-email" />);
  press("Confirm and sign in");
  await screen.findByText("Please type your password.");
  expect(api.requests).toEqual([]);
  type("Password", "the password");
  press("Confirm and sign in");
  await screen.findByText("This link was used already, or is too old.");
  expect(api.requests[0].body).toEqual({ token: "of-the-email", password: "the password" });
});

test("a new password is long enough before it is sent", async () => {
  api.on("POST /api/auth/reset/use", spent);
  render(<NewPassword token="of-the-email" />);
  type("New password", "short");
  press("Keep this password");
  await screen.findByText("Please choose at least 10 characters.");
  expect(api.requests).toEqual([]);
  type("New password", "a longer password");
  press("Keep this password");
  await screen.findByText("This link was used already, or is too old.");
  expect(api.requests[0].body).toEqual({ token: "of-the-email", newPassword: "a longer password" });
});
