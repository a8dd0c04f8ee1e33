import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Invitations } from "@/components/boards/invitations";
import type { BoardInviteView, InviteCreation, NewInvite } from "@/lib/schemas/boards";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/boards/posters-1/settings");
const LIST = "/api/v1/boards/posters-1/invites";
const invite = (id: string, more: Partial<BoardInviteView> = {}): BoardInviteView => ({
  id,
  role: "voter",
  label: "design team",
  guests: 0,
  expiresAt: null,
  revoked: false,
  createdAt: "2026-11-01T00:00:00Z",
  ...more,
});

function open(invites: BoardInviteView[]) {
  let now = invites;
  api.on(`GET ${LIST}`, () => ({ invites: now }));
  api.on(`POST ${LIST}`, ({ body }): NewInvite => {
    const { role, label } = body as InviteCreation;
    now = [invite("inv_new", { role, label }), ...now];
    return { ...now[0], path: "/invite/secret-token" };
  });
  for (const { id } of [...invites, { id: "inv_new" }]) {
    api.on(`DELETE ${LIST}/${id}`, () => {
      now = now.map((each) => (each.id === id ? { ...each, revoked: true, guests: 0 } : each));
      return {};
    });
  }
  render(<Invitations board="posters-1" initial={{ invites }} />);
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("makes an invitation with a role, a label and an end, and shows its whole link this once", async () => {
  open([]);
  screen.getByText(/No invitation yet/);
  type("Whoever comes", "submitter");
  type(/^For whom/, "partners");
  type(/^Valid for days/, "7");
  press("Make an invitation");
  await waitFor(() =>
    expect(field(/Send this link/).value).toBe(`${window.location.origin}/invite/secret-token`),
  );
  expect(api.of(`POST ${LIST}`).map(({ body }) => body)).toEqual([
    { role: "submitter", label: "partners", days: 7 },
  ]);
  await screen.findByRole("article", { name: "partners" });
});

test("says at the field what is wrong with the days, and takes none for a link that never ends", async () => {
  open([]);
  type(/^Valid for days/, "400");
  press("Make an invitation");
  await screen.findByText("Between 1 and 365 days, or leave it empty: it never ends.");
  expect(api.of(`POST ${LIST}`)).toEqual([]);
  type(/^Valid for days/, "");
  press("Make an invitation");
  await waitFor(() => expect(api.of(`POST ${LIST}`)).toHaveLength(1));
  expect(api.of(`POST ${LIST}`)[0].body).toMatchObject({ days: null });
});

test("revokes an invitation once it is confirmed, and says who leaves", async () => {
  open([invite("inv_1", { guests: 3 })]);
  const card = () => within(screen.getByRole("article", { name: "design team" }));
  fireEvent.click(card().getByRole("button", { name: "Revoke design team" }));
  card().getByText(/the 3 guests who came by it leave the board/);
  expect(api.of(`DELETE ${LIST}/inv_1`)).toEqual([]);
  fireEvent.click(card().getByRole("button", { name: "Revoke it" }));
  await waitFor(() => card().getByText("revoked"));
  expect(api.of(`DELETE ${LIST}/inv_1`)).toHaveLength(1);
});
