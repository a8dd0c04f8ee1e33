import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

const open = async () => {
  const trigger = screen.getByRole("button", { name: "Menu" });
  trigger.focus();
  fireEvent.click(trigger);
  return { trigger, menu: await screen.findByRole("dialog", { name: "Menu" }) };
};

test("the menu has every page of the bar and of the footer, and tells which one this is", async () => {
  const { wrapper } = pageRouter("/boards/posters-1/settings");
  render(<SiteHeader />, { wrapper });
  render(<SiteFooter />, { wrapper });
  // The mark and the way to one's account stand in the bar on every screen.
  const always = ["/", "/sign-in"];
  const outside = screen.getAllByRole("link").filter((link) => !always.includes(link.getAttribute("href")!));
  const { menu } = await open();
  const inside = within(menu).getAllByRole("link");
  const addresses = inside.map((link) => link.getAttribute("href"));
  for (const link of outside) expect(addresses).toContain(link.getAttribute("href"));
  expect(addresses).toContain("/submit");
  expect(inside.filter((link) => link.getAttribute("aria-current") === "page")).toEqual([
    within(menu).getByRole("link", { name: "Boards" }),
  ]);
});

test("the menu takes the focus, gives it back when it is closed by Escape or its button, and is left by a link", async () => {
  render(<SiteHeader />, { wrapper: pageRouter("/arena").wrapper });
  const { trigger, menu } = await open();
  expect(trigger.getAttribute("aria-expanded")).toBe("true");
  await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(menu, { key: "Escape" });
  await waitFor(() => expect(document.activeElement).toBe(trigger));
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.click(within((await open()).menu).getByRole("button", { name: "Close the menu" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  fireEvent.click(within((await open()).menu).getByRole("link", { name: "Arena" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("the menu is closed on the page that the browser's Back button leads to, and on the way forward again", async () => {
  const Models = pageRouter("/models").wrapper;
  const Stack = pageRouter("/stack").wrapper;
  const at = (Page: typeof Models) => (
    <Page>
      <SiteHeader />
    </Page>
  );
  const { rerender } = render(at(Models));
  await open();
  for (const page of [Stack, Models]) {
    rerender(at(page));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  }
});
