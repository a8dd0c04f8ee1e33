import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { AccountsRoom } from "@/components/users/accounts-room";
import type { AccountChange, AccountView } from "@/lib/schemas/administration/users";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/users");
const ada: AccountView = {
  id: "usr_ada",
  email: "ada@example.org",
  name: "Ada",
  emailVerified: true,
  role: "VOTER",
  disabledAt: null,
  secondFactor: false,
  createdAt: "2026-11-01T00:00:00Z",
};
const open = () => render(<AccountsRoom initial={{ accounts: [ada], next: null }} search="" isFirst />);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

test("a role is given, an account disabled and enabled, as the site then says", async () => {
  let now = ada;
  api.on("POST /api/v1/users/usr_ada", ({ body }) => {
    const { role, disabled } = body as AccountChange;
    now = { ...now, role: role ?? now.role };
    if (disabled !== undefined) now = { ...now, disabledAt: disabled ? "2026-11-02T00:00:00Z" : null };
    return now;
  });
  open();
  const role = screen.getByLabelText<HTMLSelectElement>("Role of Ada");
  fireEvent.change(role, { target: { value: "CURATOR" } });
  await waitFor(() => expect(role.value).toBe("CURATOR"));
  press("Disable Ada");
  press("Disable it");
  await screen.findByText(/disabled/);
  press("Enable Ada");
  await screen.findByRole("button", { name: "Disable Ada" });
  expect(api.of("POST /api/v1/users/usr_ada").map(({ body }) => body)).toEqual([
    { role: "CURATOR" },
    { disabled: true },
    { disabled: false },
  ]);
});

test("what is refused is said, and the role stays", async () => {
  api.on(
    "POST /api/v1/users/usr_ada",
    () => new Refusal(403, "forbidden", "That takes the role owner.", "role"),
  );
  open();
  const role = screen.getByLabelText<HTMLSelectElement>("Role of Ada");
  fireEvent.change(role, { target: { value: "OWNER" } });
  expect((await screen.findByRole("alert")).textContent).toBe("That takes the role owner.");
  expect(role.value).toBe("VOTER");
});

test("an account is deleted once that was said twice", async () => {
  api.on("POST /api/v1/people/usr_ada/erasure", () => ({}));
  open();
  press("Delete Ada");
  expect(api.of("POST /api/v1/people/usr_ada/erasure")).toEqual([]);
  press("Delete the account");
  await screen.findByText("No account yet.");
  expect(api.of("POST /api/v1/people/usr_ada/erasure").map(({ body }) => body)).toEqual([
    { confirm: "erase" },
  ]);
});

test("a second factor is switched off once that was said twice, and only where there is one", async () => {
  api.on("POST /api/v1/users/usr_ada", () => ({ ...ada, secondFactor: false }));
  const withFactor = { accounts: [{ ...ada, secondFactor: true }], next: null };
  render(<AccountsRoom initial={withFactor} search="" isFirst />);
  press("Switch the second factor off of Ada");
  expect(api.of("POST /api/v1/users/usr_ada")).toEqual([]);
  press("Switch it off");
  await waitFor(() =>
    expect(api.of("POST /api/v1/users/usr_ada").map(({ body }) => body)).toEqual([{ secondFactor: false }]),
  );
  await waitFor(() => expect(screen.queryByText(/lost the app/)).toBeNull());
  expect(screen.queryByRole("button", { name: /second factor/ })).toBeNull();
});
