import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { NewAccount } from "@/components/account/new-account";
import { WaysIn } from "@/components/account/ways-in";
import { Refusal, servePage } from "../../tests/support/page-api";

const api = servePage("/sign-in");
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

test("a wrong password is told at the password, which has the focus; the address stays", async () => {
  api.on("POST /api/auth/sign-in", () => new Refusal(401, "unauthorised", "That is wrong.", "password"));
  render(<WaysIn choices={{ mail: false, singleSignOn: null, signUp: "closed" }} next="/boards" />);
  type("E-mail", "ada@example.org");
  type("Password", "not the password");
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByText("That is wrong.");
  const password = screen.getByLabelText("Password");
  expect(document.activeElement).toBe(password);
  expect(password.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("ada@example.org");
  expect(api.of("POST /api/auth/sign-in")[0].body).toEqual({
    email: "ada@example.org",
    password: "not the password",
  });
});

test("the page offers what the site has: no links by email without a mail server, no sign-up where it is closed", () => {
  const { rerender } = render(
    <WaysIn choices={{ mail: false, singleSignOn: null, signUp: "closed" }} next="/account" />,
  );
  expect(screen.queryByText("I forgot my password")).toBeNull();
  expect(screen.queryByRole("button", { name: "Send me a link" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Make one" })).toBeNull();
  rerender(<WaysIn choices={{ mail: true, singleSignOn: "the lab", signUp: "open" }} next="/account" />);
  for (const name of ["Continue with the lab", "Send me a link"]) screen.getByRole("button", { name });
  for (const name of ["I forgot my password", "Make one"]) screen.getByRole("link", { name });
});

test("a short password is refused before anything is sent, and an account by invitation sends its token", async () => {
  api.on("POST /api/auth/sign-up", () => ({ state: "mail_sent" }));
  render(<NewAccount invite="acc_1.signature" />);
  type("Name", "Ada");
  type("E-mail", "ada@example.org");
  type("Password", "short");
  fireEvent.click(screen.getByRole("button", { name: "Make the account" }));
  await screen.findByText("Please choose at least 10 characters.");
  expect(api.requests).toHaveLength(0);
  type("Password", "correct horse battery");
  fireEvent.click(screen.getByRole("button", { name: "Make the account" }));
  await screen.findByText(/We sent an email to ada@example.org/);
  expect(api.requests[0].body).toMatchObject({ invite: "acc_1.signature", name: "Ada" });
});
