import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { HeldVoteList } from "@/components/votes/held-vote-list";
import { VoteList } from "@/components/votes/vote-list";
import type { HeldVotes, ListedVote } from "@/lib/schemas/administration/vote-admin";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/votes");
const PATH = "POST /api/v1/votes/changes";
const vote: ListedVote = {
  voteId: "vot_1",
  at: "2026-11-30T01:02:03.000Z",
  voter: "vtr_1",
  left: { slug: "a", name: "Model A" },
  right: { slug: "b", name: "Model B" },
  outcome: "left",
  decisionMs: 1500,
  prompt: "a red fox",
  status: "counted",
  reason: null,
};
const held: HeldVotes = {
  id: "qtn_1",
  board: "b",
  rule: "speed",
  reason: "too fast",
  group: "voter",
  voter: "vtr_1",
  model: null,
  evidence: { median: 0.4 },
  votes: 12,
  voters: 1,
  first: "2026-11-30T01:02:03.000Z",
  last: "2026-11-30T01:12:03.000Z",
};
const sent = () => api.of(PATH).map(({ body }) => body);

test("votes of a voter are left out for a reason, and that is taken back for the same one", async () => {
  api.on(PATH, () => ({ asked: true }));
  const list = <VoteList page={{ votes: [vote], next: null }} filter={{ board: "b" }} isFirst />;
  render(list, { wrapper: pageRouter().wrapper });
  const leaveOut = screen.getByRole<HTMLButtonElement>("button", { name: "Leave out" });
  expect(leaveOut.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("A button below is for"), { target: { value: "voters" } });
  fireEvent.change(screen.getByLabelText(/^Reason/), { target: { value: "a bot" } });
  fireEvent.click(leaveOut);
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(sent()).toEqual([
      { to: "excluded", voters: ["vtr_1"], board: "b", reason: "a bot" },
      { to: "counted", voters: ["vtr_1"], board: "b", reason: "a bot" },
    ]),
  );
});

test("what a rule holds back is decided on together, and a refusal is told", async () => {
  const before = sent().length;
  api.on(PATH, () => new Refusal(404, "not_found", "There is no quarantine."));
  render(<HeldVoteList quarantines={[held]} />, { wrapper: pageRouter().wrapper });
  fireEvent.click(screen.getByRole("button", { name: "Leave out" }));
  expect((await screen.findByRole("alert")).textContent).toBe("There is no quarantine.");
  expect(sent().slice(before)).toEqual([{ to: "excluded", quarantines: ["qtn_1"], reason: "too fast" }]);
});
