import { expect, test } from "vitest";
import { criterionNoteText, noteText } from "@/components/leaderboard/note-text";

test.each([
  [
    { code: "disconnected" as const },
    "Some models never met the others, even indirectly: those differences are not known.",
  ],
  [
    { code: "separated" as const },
    "A model or group won or lost every vote against the rest: a weak prior bounds the gap.",
  ],
  [
    { code: "too_few_clusters" as const, label: "voter" as const, clusters: 1 },
    "Too few clusters by voter (1): the intervals treat its votes as independent.",
  ],
  [
    { code: "few_clusters" as const, label: "prompt" as const, effective: 7.26 },
    "Few clusters by prompt (worth 7.3 equal ones): the intervals may be too narrow.",
  ],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("a fit's remark %j is told in words", (note, text) => {
  expect(noteText(note)).toBe(text);
});

test.each([
  ["unanswered", "Nobody has answered prompt following here yet."],
  ["disconnected", "Prompt following: some models never met the others, even indirectly."],
  ["separated", "Prompt following: a model or group won or lost every vote; a weak prior bounds the gap."],
] as const)("a criterion's remark %s is told in words", (code, text) => {
  expect(criterionNoteText({ code, criterion: "prompt_following" })).toBe(text);
});
