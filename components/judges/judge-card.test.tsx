import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { JudgeCard } from "@/components/judges/judge-card";
import type { JudgeChange, JudgeView } from "@/lib/schemas/judges/judging";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/judges");
const sent = () => api.of("POST /api/v1/judges/jdg_1").map(({ body }) => body);

const judge = (changes: Partial<JudgeView> = {}): JudgeView => ({
  judgeId: "jdg_1",
  slug: "mine",
  name: "Mine",
  creator: "Tests",
  providerModel: "vlm-1",
  bundled: false,
  submittedBy: "visitor",
  admitted: true,
  own: true,
  revision: 1,
  state: "ACTIVE",
  pausedFor: null,
  demotedFor: null,
  rubrics: ["viescore@1"],
  jsonSchema: true,
  logprobs: false,
  apiKeyLast4: "1234",
  budgetUsd: null,
  spentUsd: 0,
  usdPerVerdict: null,
  promptsPerRun: null,
  pairsPerBoard: 100,
  concurrency: 2,
  verdicts: 30,
  withoutVerdict: [],
  medianLatencyMs: 900,
  tasks: 1,
  finishedTasks: 0,
  total: 100,
  done: 40,
  perMinute: null,
  etaSeconds: null,
  waitingUntil: null,
  ...changes,
});
function open(changes: Partial<JudgeView> = {}) {
  const done: (JudgeChange | "removed")[] = [];
  const held: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => void held.push(resolve));
  render(
    <JudgeCard
      judge={judge(changes)}
      rubrics={[]}
      onChange={(change) => {
        done.push(change);
        return hold();
      }}
      onSaved={() => Promise.resolve()}
      onRemove={() => {
        done.push("removed");
        return hold();
      }}
    />,
  );
  return { done, held };
}
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
const setBudget = (value: string) => {
  fireEvent.change(screen.getByLabelText("Budget, $"), { target: { value } });
  fireEvent.click(button("Set"));
};

test("who added a judge pauses it, and nothing else can be pressed until that is done", async () => {
  const { done, held } = open();
  fireEvent.click(button("Pause"));
  for (const name of ["Pause", "Judge the published runs it has not judged", "Set"])
    expect(button(name).disabled).toBe(true);
  fireEvent.click(button("Judge the published runs it has not judged"));
  await act(async () => held[0]());
  await waitFor(() => expect(button("Pause").disabled).toBe(false));
  expect(done).toEqual([{ action: "pause" }]);
});

test("a paused judge says why and goes on when told, but is given no more to judge", () => {
  const { done } = open({ state: "PAUSED", pausedFor: { code: "budget_spent", budgetUsd: 1 } });
  screen.getByText("The budget of $1.00 is spent: raise it to go on.");
  expect(screen.queryByRole("button", { name: "Judge the published runs it has not judged" })).toBeNull();
  fireEvent.click(button("Go on"));
  expect(done).toEqual([{ action: "resume" }]);
});

test("a budget is a number of dollars or none, and nothing else is sent", async () => {
  api.on("POST /api/v1/judges/jdg_1", () => ({ judges: [judge({ budgetUsd: 2.5, revision: 4 })] }));
  open({ budgetUsd: 2, revision: 3 });
  for (const wrong of ["-1", "two"]) {
    setBudget(wrong);
    expect(screen.getByLabelText("Budget, $").getAttribute("aria-invalid")).toBe("true");
  }
  expect(sent()).toEqual([]);
  setBudget("2.50");
  await waitFor(() => expect(sent()).toEqual([{ budgetUsd: 2.5 }]));
  await waitFor(() => expect(button("Set").disabled).toBe(false));
  setBudget(" ");
  await waitFor(() => expect(sent()).toEqual([{ budgetUsd: 2.5 }, { budgetUsd: null }]));
});

test("a judge is removed with its verdicts once that is confirmed", () => {
  const { done } = open();
  fireEvent.click(button("Remove"));
  screen.getByText("Mine is removed with all its verdicts.");
  expect(done).toEqual([]);
  fireEvent.click(button("Remove it"));
  expect(done).toEqual(["removed"]);
});

test("others see how a judge does, and nothing to press", () => {
  open({ own: false, pausedFor: null, spentUsd: null, apiKeyLast4: null, providerModel: null });
  screen.getByText("40 of 100 judged");
  // But what a word means.
  expect(screen.queryAllByRole("button", { name: /^(?!What this means)(?!.*what that means$)/ })).toEqual([]);
  for (const word of ["Spent", "Key"]) expect(screen.queryByText(word)).toBeNull();
});

test("who runs the site admits a visitor's judge, or dismisses it, once that is confirmed; others are not asked", () => {
  const decided: boolean[] = [];
  const draw = (admitted: boolean, onAdmit?: (admitted: boolean) => Promise<void>) => {
    const rest = { onChange: settled, onSaved: settled, onRemove: settled };
    render(<JudgeCard judge={judge({ own: false, admitted })} rubrics={[]} onAdmit={onAdmit} {...rest} />);
  };
  const settled = () => Promise.resolve();
  const decide = (admitted: boolean) => {
    decided.push(admitted);
    return Promise.resolve();
  };
  draw(false, decide);
  fireEvent.click(button("Admit"));
  expect(decided).toEqual([]);
  fireEvent.click(button("Admit it"));
  cleanup();
  draw(true, decide);
  fireEvent.click(button("Dismiss"));
  fireEvent.click(button("Dismiss it"));
  expect(decided).toEqual([true, false]);
  cleanup();
  draw(true);
  expect(screen.queryByRole("button", { name: "Dismiss" })).toBeNull();
});
