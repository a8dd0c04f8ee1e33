import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { ArchiveBoard } from "@/components/boards/archive-board";
import { EditBoard } from "@/components/boards/edit-board";
import type { BoardSettings } from "@/lib/schemas/boards";
import { boardChoices, boardSettings } from "@/tests/support/board-forms";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/boards/posters-1/settings");
// Of the owner, whom somebody invited helps here: no judge of the editor's.
const settings = boardSettings({ judges: ["the-owners"] });
const choices = boardChoices({ judges: [{ slug: "the-owners", name: "The owner's", own: false }] });

function Page() {
  const [now, setNow] = useState(settings);
  return (
    <>
      <EditBoard settings={now} choices={choices} onSaved={setNow} />
      <ArchiveBoard settings={now} onSaved={setNow} />
    </>
  );
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const sent = () => api.of("POST /api/v1/boards/posters-1").map(({ body }) => body);
/** Answers a change as the API does: with the settings as they are then. */
const serve = () => {
  let now = settings;
  api.on("POST /api/v1/boards/posters-1", ({ body }) => {
    const { version: _, ...changes } = body as Partial<BoardSettings>;
    return (now = { ...now, ...changes, version: now.version + 1 });
  });
};

const byAnn = { revision: 5, at: "2026-11-30T04:00:00.000Z", who: "other", name: "Ann" };

test("sends what was changed and nothing else, with the version that was edited", async () => {
  serve();
  render(<Page />);
  type("Name", "Posters 2");
  press("Save");
  await screen.findByText("Saved.");
  expect(sent()).toEqual([{ name: "Posters 2", version: 4 }]);
  press("Save");
  await screen.findByText("Nothing has changed.");
  expect(sent()).toHaveLength(1);
});

test("keeps the prompts of a board with votes, and its task, as they are", () => {
  render(<Page />);
  expect(screen.queryByLabelText("Prompt set")).toBeNull();
  expect(screen.queryByLabelText("Task")).toBeNull();
  screen.getByText("Posters, first edition");
});

test("tells of a board that somebody else changed meanwhile, and loses nothing that was typed", async () => {
  const newest = { ...settings, version: 5, name: "Renamed by another", description: "New words", question: "Which is quieter?" }; // prettier-ignore
  api.on("POST /api/v1/boards/posters-1", ({ body }) =>
    (body as BoardSettings).version === 5
      ? { ...newest, question: "Which is louder?", version: 6 }
      : new Refusal(409, "conflict", "Ann changed this.", "version", {}, byAnn),
  );
  api.on("GET /api/v1/boards/posters-1", () => newest);
  render(<Page />);
  type(/^Question/, "Which is louder?");
  press("Save");
  expect((await screen.findByRole("alert")).textContent).toMatch(/Nothing was saved/);
  expect(field(/^Question/).value).toBe("Which is louder?");
  expect(screen.getByRole("alert").textContent).toMatch(/Ann changed this on 30 Nov 2026, 04:00 UTC/);
  expect(screen.getByRole("alert").textContent).toContain("now: Which is quieter? · yours: Which is louder?");
  press("Keep mine");
  await screen.findByText("Saved.");
  expect(sent().at(-1)).toEqual({ question: "Which is louder?", version: 5 });
  // What only the other changed is as they left it.
  expect(field("Name").value).toBe("Renamed by another");
  expect(field(/^Description/).value).toBe("New words");
  expect(field(/^Question/).value).toBe("Which is louder?");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("takes what somebody else saved meanwhile, when told to", async () => {
  const newest = { ...settings, version: 5, name: "Renamed by another" };
  const stale = new Refusal(409, "conflict", "Ann changed this.", "version", {}, byAnn);
  api.on("POST /api/v1/boards/posters-1", () => stale);
  api.on("GET /api/v1/boards/posters-1", () => newest);
  render(<Page />);
  type("Name", "Mine");
  press("Save");
  await screen.findByRole("alert");
  expect(field("Name").value).toBe("Mine");
  press("Take theirs");
  await waitFor(() => expect(field("Name").value).toBe("Renamed by another"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(sent()).toHaveLength(1);
});

test("shows what the server refuses at the field it names", async () => {
  api.on(
    "POST /api/v1/boards/posters-1",
    () => new Refusal(400, "invalid_request", "That name is reserved.", "name"),
  );
  render(<Page />);
  type("Name", "Salon");
  press("Save");
  await screen.findByText("That name is reserved.");
  expect(document.activeElement).toBe(field("Name"));
});

test("what was typed before the board is archived can be saved after it", async () => {
  serve();
  render(<Page />);
  type("Name", "Old posters");
  press("Archive the board");
  press("Archive it");
  await screen.findByRole("button", { name: "Bring it back" });
  expect(field("Name").value).toBe("Old posters");
  press("Save");
  await screen.findByText("Saved.");
  expect(sent()).toEqual([
    { archived: true, version: 4 },
    { name: "Old posters", version: 5 },
  ]);
});
