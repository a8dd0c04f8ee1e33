import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { ArchiveBoard } from "@/components/boards/archive-board";
import type { BoardSettings } from "@/lib/schemas/boards";
import { boardSettings } from "@/tests/support/board-forms";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/boards/posters-1/settings");
const ROUTE = "POST /api/v1/boards/posters-1";
const settings = boardSettings({ slug: "posters-1", version: 4 });

function Page({ archived }: { archived: boolean }) {
  const [now, setNow] = useState<BoardSettings>({ ...settings, archived });
  return <ArchiveBoard settings={now} onSaved={setNow} />;
}
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = () => api.of(ROUTE).map(({ body }) => body);

test("a board is archived once that is confirmed, with the version that the page shows", async () => {
  api.on(ROUTE, () => ({ ...settings, archived: true, version: 5 }));
  render(<Page archived={false} />);
  press("Archive the board");
  screen.getByText(/Nobody can vote on it or submit to it/);
  expect(sent()).toEqual([]);
  press("Archive it");
  await screen.findByRole("heading", { name: "Bring it back" });
  expect(sent()).toEqual([{ version: 4, archived: true }]);
});

test("an archived board comes back by one press, and a second press while it is sent changes nothing", async () => {
  api.on(ROUTE, () => ({ ...settings, archived: false, version: 5 }));
  render(<Page archived />);
  press("Bring it back");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Bring it back" }).disabled).toBe(true);
  press("Bring it back");
  await screen.findByRole("button", { name: "Archive the board" });
  expect(sent()).toEqual([{ version: 4, archived: false }]);
});

test("a board that somebody else changed meanwhile is not archived, and the page says why", async () => {
  const stale = "Somebody changed this board since you opened it.";
  api.on(ROUTE, () => new Refusal(409, "conflict", stale, "version"));
  render(<Page archived={false} />);
  press("Archive the board");
  press("Archive it");
  expect((await screen.findByRole("alert")).textContent).toBe(stale);
  await waitFor(() => screen.getByRole("button", { name: "Archive the board" }));
});
