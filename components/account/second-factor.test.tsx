import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { SecondFactor } from "@/components/account/second-factor";
import { WaysIn } from "@/components/account/ways-in";
import { Refusal, servePage } from "../../tests/support/page-api";

const api = servePage("/account");
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("the key is shown after the password, the backup codes once a first code was right", async () => {
  api.on("POST /api/auth/second-factor/start", () => ({
    address: "otpauth://totp/Salon:ada@example.org?secret=ABCDEFGH&issuer=Salon",
    backupCodes: ["aaaaa-bbbbb", "ccccc-ddddd"],
  }));
  api.on("POST /api/auth/second-factor/confirm", () => ({ done: true }));
  render(<SecondFactor isOn={false} />);
  type("Current password", "correct horse battery");
  press("Set it up");
  const key = await screen.findByLabelText<HTMLInputElement>(/authenticator app this key/);
  expect(key.value).toBe("ABCDEFGH");
  expect(screen.getByRole("link", { name: /on this device/ }).getAttribute("href")).toMatch(/^otpauth:/);
  expect(screen.queryByText("aaaaa-bbbbb")).toBeNull();
  type("Code", "123 456");
  press("Switch it on");
  await screen.findByText("aaaaa-bbbbb");
  expect(screen.queryByLabelText(/authenticator app this key/)).toBeNull();
  expect(api.of("POST /api/auth/second-factor/confirm")[0].body).toEqual({ code: "123456" });
});

test("a second factor that is on goes by password and code; a wrong code is told at the code", async () => {
  api.on(
    "POST /api/auth/second-factor/end",
    () => new Refusal(401, "unauthorised", "That is not the code.", "code"),
  );
  render(<SecondFactor isOn />);
  type("Current password", "correct horse battery");
  type("Code", "000000");
  press("Switch it off");
  await screen.findByText("That is not the code.");
  api.on("POST /api/auth/second-factor/end", () => ({ done: true }));
  press("Switch it off");
  await screen.findByRole("button", { name: "Set it up" });
});

test("a sign-in asks for the code after the password, and says where it is wrong", async () => {
  api.on("POST /api/auth/sign-in", () => ({ needsCode: true }));
  api.on(
    "POST /api/auth/second-factor/check",
    () => new Refusal(401, "unauthorised", "That is not the code.", "code"),
  );
  render(<WaysIn choices={{ mail: true, singleSignOn: "the lab", signUp: "open" }} next="/boards" />);
  fireEvent.change(screen.getAllByLabelText("E-mail")[0], { target: { value: "ada@example.org" } });
  type("Password", "correct horse battery");
  press("Sign in");
  const code = await screen.findByLabelText("Code");
  expect(screen.queryByLabelText("Password")).toBeNull();
  fireEvent.change(code, { target: { value: "123456" } });
  press("Sign in");
  await screen.findByText("That is not the code.");
  expect(document.activeElement).toBe(code);
});
