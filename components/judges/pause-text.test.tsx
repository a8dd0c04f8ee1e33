import { expect, test } from "vitest";
import { pauseText, stoppedText } from "@/components/judges/pause-text";
import { storedJudgePause } from "@/lib/schemas/reasons/judge-pause";

test.each([
  [{ code: "budget_spent", budgetUsd: 0.5 }, "The budget of $0.50 is spent: raise it to go on."],
  [{ code: "no_answers", calls: 10, said: "HTTP 500." }, "The last 10 calls brought no answer. HTTP 500."],
  [{ code: "key_unreadable", said: "The stored key is damaged." }, "The stored key is damaged."],
  [
    { code: "no_ffmpeg" },
    "It is shown whole videos as MP4 files, and the machine that asks it has no ffmpeg to make them: install it there (apt-get install ffmpeg, brew install ffmpeg), then let the judge go on.",
  ],
  [{ code: "owner_left" }, "Whoever added it has left, and took its address along."],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why a judge paused, as %j, is told in words", (stored, text) => {
  expect(pauseText(storedJudgePause.parse(stored))).toBe(text);
});

test("a run is told that its judge is paused, and why where that is the reader's to know", () => {
  expect(stoppedText({ paused: false, pausedFor: null })).toBeNull();
  expect(stoppedText({ paused: true, pausedFor: null })).toBe("The judge is paused.");
  expect(stoppedText({ paused: true, pausedFor: { code: "budget_spent", budgetUsd: 1 } })).toBe(
    "The budget of $1.00 is spent: raise it to go on.",
  );
});
