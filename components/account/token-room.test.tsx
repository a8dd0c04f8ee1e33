import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { TokenRoom } from "@/components/account/token-room";
import type { NewToken, TokenCreation, TokenView } from "@/lib/schemas/accounts/api-tokens";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/account/tokens");
const LIST = "/api/v1/tokens";
const view = (id: string, more: Partial<TokenView> = {}): TokenView => ({
  id,
  name: "nightly",
  prefix: "salon_ab12",
  scopes: ["submit"],
  createdAt: "2026-11-01T00:00:00Z",
  lastUsedAt: null,
  expiresAt: null,
  isOver: false,
  ...more,
});

function open(tokens: TokenView[]) {
  let now = tokens;
  api.on(`GET ${LIST}`, () => ({ tokens: now }));
  api.on(`POST ${LIST}`, ({ body }): NewToken => {
    const { name, scopes } = body as TokenCreation;
    now = [view("tok_new", { name, scopes }), ...now];
    return { token: "salon_the-whole-token", view: now[0] };
  });
  for (const { id } of [...tokens, { id: "tok_new" }])
    api.on(`DELETE ${LIST}/${id}`, () => {
      now = now.map((each) => (each.id === id ? { ...each, isOver: true } : each));
      return {};
    });
  render(<TokenRoom initial={{ tokens }} />);
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText<HTMLInputElement>(label), { target: { value } });

test("makes a token for what is ticked, and shows it this once", async () => {
  open([]);
  screen.getByText("No token yet.");
  type(/^Name/, "reader");
  type(/^Valid for days/, "");
  fireEvent.click(screen.getByRole("checkbox", { name: /submit models and samples/ }));
  press("Make a token");
  await waitFor(() =>
    expect(screen.getByLabelText<HTMLInputElement>(/Copy the token now/).value).toBe("salon_the-whole-token"),
  );
  expect(api.of(`POST ${LIST}`).map(({ body }) => body)).toEqual([
    { name: "reader", scopes: ["read-private"], days: null },
  ]);
  await screen.findByRole("article", { name: "reader" });
});

test("says what is missing, and sends nothing", async () => {
  open([]);
  press("Make a token");
  await screen.findByText("A name by which you know it, at most 80 characters.");
  expect(api.of(`POST ${LIST}`)).toEqual([]);
});

test("revokes a token after asking once more; one that is over has nothing to revoke", async () => {
  open([view("tok_1"), view("tok_2", { name: "old", isOver: true })]);
  expect(screen.getAllByRole("button", { name: /^Revoke/ })).toHaveLength(1);
  press("Revoke nightly");
  expect(api.of(`DELETE ${LIST}/tok_1`)).toEqual([]);
  press("Revoke it");
  await waitFor(() => expect(screen.getAllByText("over")).toHaveLength(2));
  expect(api.of(`DELETE ${LIST}/tok_1`)).toHaveLength(1);
});
