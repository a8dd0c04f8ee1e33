import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { LogoForm } from "@/components/site-settings/logo-form";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const PATH = "/api/v1/settings/logo";
const api = servePage("/settings");
const open = (logo: string | null, changing = { kind: "open" } as const) =>
  render(<LogoForm initial={logo} changing={changing} />, { wrapper: pageRouter("/settings").wrapper });
const choose = () =>
  fireEvent.change(screen.getByLabelText("Image of the logo"), {
    target: { files: [new File(["bytes"], "logo.png", { type: "image/png" })] },
  });

test("a chosen image is sent and shown, and can be removed again", async () => {
  api.on(`POST ${PATH}`, () => ({ logo: "abc" }));
  api.on(`DELETE ${PATH}`, () => ({ logo: null }));
  const { container } = open(null);
  choose();
  await waitFor(() => expect(container.querySelector("img")?.getAttribute("src")).toBe("/media/logo/abc"));
  expect(api.of(`POST ${PATH}`)[0].body).toBe("bytes");
  fireEvent.click(screen.getByRole("button", { name: "Remove the logo" }));
  await waitFor(() => expect(container.querySelector("img")).toBeNull());
});

test("what is refused is told in the site's words, and the logo stays", async () => {
  api.on(
    `POST ${PATH}`,
    () => new Refusal(400, "invalid_request", "This file is none that can be read.", "file"),
  );
  const { container } = open("abc");
  choose();
  expect((await screen.findByRole("alert")).textContent).toContain("none that can be read");
  expect(container.querySelector("img")?.getAttribute("src")).toBe("/media/logo/abc");
});
