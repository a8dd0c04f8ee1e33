import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ComeIn } from "@/components/boards/come-in";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/invite/secret-token");
const open = () => {
  const router = pageRouter("/invite/secret-token");
  render(<ComeIn token="secret-token" />, { wrapper: router.wrapper });
  return router;
};
const button = () => screen.getByRole<HTMLButtonElement>("button");

test("takes an invitation up by a press alone, once, and goes on to the arena of its board", async () => {
  api.on("POST /api/v1/invites", () => ({ board: "posters-1", name: "Posters" }));
  const router = open();
  expect(api.requests).toEqual([]);
  fireEvent.click(button());
  expect(button().disabled).toBe(true);
  fireEvent.click(button());
  await waitFor(() => expect(router.visited).toEqual(["/arena?board=posters-1"]));
  expect(api.requests.map(({ body }) => body)).toEqual([{ token: "secret-token" }]);
  // Until the arena has come.
  expect(button().disabled).toBe(true);
});

test("says of a dead link that it is, and what to do, and may be tried again", async () => {
  const dead = "This invitation is not valid any more. Ask who sent it for a new one.";
  api.on("POST /api/v1/invites", () => new Refusal(404, "not_found", dead));
  const router = open();
  fireEvent.click(button());
  expect((await screen.findByRole("alert")).textContent).toContain(dead);
  expect(screen.getByRole("link", { name: /boards that are open to you/ }).getAttribute("href")).toBe(
    "/boards",
  );
  expect(router.visited).toEqual([]);
  expect(button().disabled).toBe(false);
});
