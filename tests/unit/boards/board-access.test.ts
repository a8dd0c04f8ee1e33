import { expect, test } from "vitest";
import { refusalOf, type BoardRole, type BoardUse } from "@/lib/boards/require-board";

const OPEN = { seenBy: "EVERYONE", votedBy: "EVERYONE", submittedBy: "EVERYONE", archivedAt: null } as const;
const PRIVATE = { seenBy: "INVITED", votedBy: "INVITED", submittedBy: "INVITED", archivedAt: null } as const;
const VOTES_BY_INVITATION = { ...OPEN, votedBy: "INVITED", submittedBy: "INVITED" } as const;
const FOR_ACCOUNTS = {
  seenBy: "SIGNED_IN",
  votedBy: "SIGNED_IN",
  submittedBy: "INVITED",
  archivedAt: null,
} as const;
const VOTES_BY_ACCOUNTS = { ...OPEN, votedBy: "SIGNED_IN", submittedBy: "SIGNED_IN" } as const;
const ARCHIVED = { ...OPEN, archivedAt: new Date() };

/** see, vote, submit, edit: "-" where they may. */
const TABLE: [name: string, board: Parameters<typeof refusalOf>[0], role: BoardRole, answers: string][] = [
  ["an open board, a stranger", OPEN, null, "- - - uninvited"],
  ["an open board, its owner", OPEN, "owner", "- - - -"],
  ["an open board, an editor", OPEN, "EDITOR", "- - - -"],
  ["a private board, a stranger", PRIVATE, null, "unseen unseen unseen unseen"],
  ["a private board, an invited voter", PRIVATE, "VOTER", "- - uninvited uninvited"],
  ["a private board, an invited submitter", PRIVATE, "SUBMITTER", "- - - uninvited"],
  ["a private board, its owner", PRIVATE, "owner", "- - - -"],
  ["votes by invitation, a stranger", VOTES_BY_INVITATION, null, "- uninvited uninvited uninvited"],
  ["votes by invitation, a voter", VOTES_BY_INVITATION, "VOTER", "- - uninvited uninvited"],
  ["a private board, somebody with an account", PRIVATE, "ACCOUNT", "unseen unseen unseen unseen"],
  ["a board for accounts, a stranger", FOR_ACCOUNTS, null, "unseen unseen unseen unseen"],
  ["a board for accounts, somebody with one", FOR_ACCOUNTS, "ACCOUNT", "- - uninvited uninvited"],
  ["a board for accounts, an invited voter", FOR_ACCOUNTS, "VOTER", "- - uninvited uninvited"],
  ["votes by accounts, a stranger", VOTES_BY_ACCOUNTS, null, "- signed-out signed-out uninvited"],
  ["votes by accounts, somebody with one", VOTES_BY_ACCOUNTS, "ACCOUNT", "- - - uninvited"],
  ["an archived board, a stranger", ARCHIVED, null, "- archived archived uninvited"],
  ["an archived board, its owner", ARCHIVED, "owner", "- archived archived -"],
];

test.each(TABLE)("%s: who may see, vote, submit and edit", (_, board, role, answers) => {
  const uses: BoardUse[] = ["see", "vote", "submit", "edit"];
  expect(uses.map((use) => (refusalOf(board, role, use) ?? "-").replace(" ", "-")).join(" ")).toBe(answers);
});
