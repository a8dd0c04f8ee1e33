import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { SetControls } from "@/components/prompts/set-controls";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/prompts/posters");
const all = {
  slug: "posters",
  revision: 1,
  archived: false,
  listed: true,
  mayList: false,
  mayRemove: true,
  mayFollow: true,
};
function open(changes: Partial<typeof all> = {}) {
  const router = pageRouter("/prompts/posters");
  render(<SetControls {...all} {...changes} />, { wrapper: router.wrapper });
  return router;
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = () => api.requests.map(({ method, path }) => `${method} ${path}`);

test("a set is archived or removed once that is confirmed", async () => {
  api.on("POST /api/v1/prompt-sets/posters/archive", () => ({}));
  api.on("DELETE /api/v1/prompt-sets/posters", () => ({}));
  const router = open();
  press("Archive");
  press("Archive it");
  await waitFor(() => screen.getByRole("button", { name: "Archive" }));
  press("Remove");
  expect(sent()).toEqual(["POST /api/v1/prompt-sets/posters/archive"]);
  press("Remove it");
  await waitFor(() => expect(router.visited).toEqual(["/prompts"]));
  expect(sent()).toEqual(["POST /api/v1/prompt-sets/posters/archive", "DELETE /api/v1/prompt-sets/posters"]);
});

test("a set that something uses stays, and the page says why", async () => {
  api.on("DELETE /api/v1/prompt-sets/posters", () => new Refusal(409, "conflict", "Boards use this set."));
  const router = open();
  press("Remove");
  press("Remove it");
  expect((await screen.findByRole("alert")).textContent).toBe("Boards use this set.");
  expect(router.visited).toEqual([]);
});

test("only what may be done with a set is offered", () => {
  open();
  expect(screen.getByRole("link", { name: "New version" }).getAttribute("href")).toBe(
    "/prompts/new?of=posters",
  );
  cleanup();
  open({ archived: true, mayRemove: false, mayFollow: false });
  expect(screen.queryAllByRole("button").map(({ textContent }) => textContent)).toEqual(["Restore"]);
  expect(screen.queryAllByRole("link")).toEqual([]);
});

test("an archived set is brought back, and a private one shown to everybody, once that is confirmed", async () => {
  api.on("DELETE /api/v1/prompt-sets/posters/archive", () => ({}));
  api.on("POST /api/v1/prompt-sets/posters/listing", () => ({}));
  open({ archived: true, listed: false, mayList: true });
  press("Restore");
  press("Restore it");
  await waitFor(() => screen.getByRole("button", { name: "Restore" }));
  press("Publish");
  expect(sent()).toEqual(["DELETE /api/v1/prompt-sets/posters/archive"]);
  press("Publish it");
  await waitFor(() => expect(api.of("POST /api/v1/prompt-sets/posters/listing")).toHaveLength(1));
  expect(api.of("POST /api/v1/prompt-sets/posters/listing")[0].body).toEqual({ listed: true });
});

test("a set that everybody sees can be taken back by who decides that", () => {
  open({ mayList: true });
  screen.getByRole("button", { name: "Unpublish" });
});
