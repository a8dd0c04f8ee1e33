import { fireEvent, screen, waitFor } from "@testing-library/react";
import { render as renderBare } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, test } from "vitest";
import { Arena } from "@/components/arena/arena";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";
import { serveArena } from "@/tests/support/arena-page";

const { api } = serveArena();

/** With the messages that the page hands over, and no others. */
async function renderArena() {
  const { site, arena, clips, moderation, viewer } = await catalogueOf("en-XA");
  renderBare(
    <NextIntlClientProvider
      locale="en-XA"
      messages={{ site, arena, clips, moderation, viewer }}
      timeZone="UTC"
      onError={(error) => {
        throw error;
      }}
    >
      <Arena board="text-to-image" ownPrompts="apart" waiting={null} />
    </NextIntlClientProvider>,
  );
}
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const firstSide = () => document.querySelector<HTMLButtonElement>("button[data-stage]")!;
const open = () => waitFor(() => expect(firstSide().disabled).toBe(false));
const outside = () => outsideTexts(document.body);

test("the arena has no text outside of the catalogue: before the vote, in its viewer and its reports, and after", async () => {
  api.criteria = ["aesthetics", "prompt_following"];
  localStorage.setItem("salon-details", "on");
  localStorage.setItem("salon-elo", "on");
  await renderArena();
  await open();
  expect(outside()).toEqual([]);
  press("z");
  await screen.findByRole("dialog");
  expect(outside()).toEqual([]);
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  fireEvent.click(screen.getByRole("button", { name: "[Ŕéþöŕţ åñ îḿåĝé]" }));
  await screen.findByRole("dialog");
  expect(outside()).toEqual([]);
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  press("a");
  await screen.findAllByRole("group");
  expect(outside()).toEqual([]);
  await waitFor(() => {
    press("n");
    expect(api.votes).toHaveLength(1);
  });
  await screen.findAllByRole("link");
  expect(outside()).toEqual([]);
});
