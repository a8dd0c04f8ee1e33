import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { LookForm } from "@/components/site-settings/look-form";
import { lookOf } from "@/lib/schemas/administration/site-look";
import type { SettingsView } from "@/lib/schemas/administration/settings";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const PATH = "/api/v1/settings";
const api = servePage("/settings");
const LOOK = lookOf({ siteName: "Our arena", contact: "us@example.org" });
const SETTINGS = { look: LOOK, revision: 3 } as SettingsView;
const open = () =>
  render(<LookForm initial={SETTINGS} changing={{ kind: "open" }} />, {
    wrapper: pageRouter("/settings").wrapper,
  });
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save" }));

test("only what was changed is sent: boards as a list, an emptied field as null", async () => {
  api.on(`POST ${PATH}`, () => ({
    look: { ...LOOK, contact: null, homeBoards: ["two", "one"] },
    revision: 4,
  }));
  open();
  type("Contact", " ");
  type("Boards of the home page", "two, one");
  save();
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Saved."));
  expect(api.of(`POST ${PATH}`)[0].body).toEqual({ contact: null, homeBoards: ["two", "one"] });
});

test("a refusal names its field, and nothing that was typed is lost", async () => {
  api.on(
    `POST ${PATH}`,
    () => new Refusal(400, "invalid_request", "accent: has a contrast of 1.1", "accent"),
  );
  open();
  type("Accent colour", "#ffff00");
  save();
  expect((await screen.findByRole("alert")).textContent).toContain("contrast");
  const field = screen.getByLabelText("Accent colour") as HTMLInputElement;
  expect([field.value, field.getAttribute("aria-invalid")]).toEqual(["#ffff00", "true"]);
});

test("who may only look is told so, and can change nothing", () => {
  render(<LookForm initial={SETTINGS} changing={{ kind: "closed", text: "Only admins." }} />, {
    wrapper: pageRouter("/settings").wrapper,
  });
  screen.getByText("Only admins.");
  expect((screen.getByRole("group") as HTMLFieldSetElement).disabled).toBe(true);
});
