import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { BoardRoom } from "@/components/boards/board-room";
import type { BoardMemberView } from "@/lib/schemas/boards";
import { boardChoices, boardSettings } from "@/tests/support/board-forms";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/boards/posters-1/settings");
const member = (name: string, state: BoardMemberView["state"]): BoardMemberView => ({
  ...{
    model: name.toLowerCase(),
    name,
    creator: "Tests",
    state,
    listed: true,
    votes: 0,
    run: null,
    runs: [],
  },
});
function open(members: BoardMemberView[]) {
  api.on("GET /api/v1/boards/posters-1/members", () => ({ members }));
  api.on("GET /api/v1/boards/posters-1/invites", () => ({ invites: [] }));
  render(
    <BoardRoom
      initial={boardSettings()}
      members={members}
      candidates={[]}
      invites={[]}
      choices={boardChoices()}
    />,
  );
}
const selected = () => screen.getByRole("tab", { selected: true }).textContent;
const show = (name: string) => fireEvent.mouseDown(screen.getByRole("tab", { name }), { button: 0 });

test("opens on the models while some wait to be let on, and says how many; on the settings otherwise", () => {
  open([member("Flow", "waiting"), member("Turbo", "member"), member("Gan", "waiting")]);
  expect(selected()).toBe("Models2 waiting");
});

test("opens on the settings where no model waits", () => {
  open([member("Turbo", "member")]);
  expect(selected()).toBe("Settings");
  expect(screen.queryByText(/waiting$/)).toBeNull();
});

test("keeps what is half typed while another part is looked at", () => {
  open([]);
  const name = screen.getByLabelText<HTMLInputElement>("Name");
  fireEvent.change(name, { target: { value: "Posters of 20" } });
  show("Invitations");
  expect(selected()).toBe("Invitations");
  show("Settings");
  expect(selected()).toBe("Settings");
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Posters of 20");
});
