import { fireEvent, screen, waitFor } from "@testing-library/react";
import { render as renderBare } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { ArchiveBoard } from "@/components/boards/archive-board";
import { BoardCard } from "@/components/boards/board-card";
import { BoardNav } from "@/components/boards/board-nav";
import { ComeIn } from "@/components/boards/come-in";
import { EditBoard } from "@/components/boards/edit-board";
import { Invitations } from "@/components/boards/invitations";
import { Members } from "@/components/boards/members";
import { NewBoard } from "@/components/boards/new-board";
import type { BoardInviteView, BoardMemberView } from "@/lib/schemas/boards";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";
import { boardCard, boardChoices, boardSettings } from "@/tests/support/board-forms";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/boards/posters-1/settings");
const settings = boardSettings();
const choices = boardChoices({
  promptSets: [
    { slug: "posters", name: "Posters", prompts: 12 },
    { slug: "faces", name: "Faces", prompts: 40 },
  ],
  videoEncoders: ["dinov2"],
  references: [{ id: "ref_toys", name: "Toys", encoder: "toybox-encoder" }],
  unfinishedReferences: ["Street"],
  judges: [{ slug: "mine", name: "Mine", own: true }],
});
const member = (state: BoardMemberView["state"], runs = 0): BoardMemberView => ({
  ...{ model: state, name: "Flow", creator: "Tests", state, listed: false, votes: 3, run: null },
  runs: Array.from({ length: runs }, (_, index) => ({
    ...{ runId: `run_${index}`, label: "Sharp", promptSet: null, parameters: null, state: "PUBLISHED" },
    ...{ samples: 12, createdAt: "2026-11-01T00:00:00Z" },
  })),
});
const invite = (id: string, more: Partial<BoardInviteView>): BoardInviteView => ({
  ...{ id, role: "voter", label: "", guests: 2, expiresAt: "2026-11-02T00:00:00Z", revoked: false },
  createdAt: "2026-11-01T00:00:00Z",
  ...more,
});

/** With the messages that the pages hand over, and no others. */
async function renderMarked(ui: ReactNode) {
  const { site, boards, runs } = await catalogueOf("en-XA");
  const { wrapper: Router } = pageRouter("/boards/new");
  renderBare(
    <Router>
      <NextIntlClientProvider
        locale="en-XA"
        messages={{ site, boards, runs }}
        timeZone="UTC"
        onError={(error) => {
          throw error;
        }}
      >
        {ui}
      </NextIntlClientProvider>
    </Router>,
  );
}

test("boards have no text outside of the catalogue, their forms, refusals and conflicts included", async () => {
  const byOperator = { revision: 5, at: "2026-11-30T04:00:00.000Z", who: "operator", name: null };
  api.on(
    "POST /api/v1/boards/posters-1",
    () => new Refusal(409, "conflict", "Changed.", "version", {}, byOperator),
  );
  api.on("GET /api/v1/boards/posters-1", () => ({ ...settings, version: 5, description: "A wall." }));
  const members = [member("waiting"), member("member", 2), member("removed")];
  const invites = [invite("inv_1", {}), invite("inv_2", { label: "Design", revoked: true, guests: 0 })];
  api.on("GET /api/v1/boards/posters-1/members", () => ({ members }));
  api.on("GET /api/v1/boards/posters-1/invites", () => ({ invites }));
  const card = boardCard({ own: true, isPublic: false, isArchived: true, mayEdit: true });
  await renderMarked(
    <>
      <BoardNav boards={[card]} current={card.slug} hrefOf={(slug) => slug} />
      <BoardCard board={card} />
      <ComeIn token="secret" />
      <NewBoard choices={choices} />
      <EditBoard settings={settings} choices={choices} onSaved={() => undefined} />
      <ArchiveBoard settings={settings} onSaved={() => undefined} />
      <ArchiveBoard settings={{ ...settings, archived: true }} onSaved={() => undefined} />
      <Members board="posters-1" initial={{ members }} candidates={[]} />
      <Members board="posters-1" initial={{ members: [] }} candidates={[]} />
      <Invitations board="posters-1" initial={{ invites }} />
      <Invitations board="posters-1" initial={{ invites: [] }} />
    </>,
  );
  const named = (name: string) => screen.getAllByRole("button", { name });
  fireEvent.click(named("[Åðð åñ éñçöðéŕ]")[0]);
  fireEvent.click(named("[Ṁåķé ţĥé ƀöåŕð]")[0]);
  fireEvent.click(named("[Åŕçĥîṽé ţĥé ƀöåŕð]")[0]);
  const [, description] = document.querySelectorAll<HTMLInputElement>("input[name=description]");
  fireEvent.change(description, { target: { value: "A hall." } });
  fireEvent.click(named("[Šåṽé]")[0]);
  await screen.findByRole("alert");
  await waitFor(() => expect(document.querySelector("input[aria-invalid=true]")).not.toBeNull());
  expect(outsideTexts(document.body)).toEqual([]);
});
