import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { afterEach, expect, test } from "vitest";
import { BoardFields } from "@/components/boards/board-fields";
import { boardResolver, newBoardValues, type BoardValues } from "@/components/boards/board-values";
import type { BoardCreation } from "@/lib/schemas/boards";
import { DEFAULT_QUESTION } from "@/lib/schemas/battles";
import { boardChoices } from "@/tests/support/board-forms";

afterEach(cleanup);

/** A form of a board's fields; what it would send comes into the list. */
function Form({
  sent,
  choices = boardChoices(),
}: {
  sent: BoardCreation[];
  choices?: ReturnType<typeof boardChoices>;
}) {
  const form = useForm<BoardValues, unknown, BoardCreation>({
    defaultValues: newBoardValues("posters"),
    resolver: boardResolver(useTranslations("boards")),
    reValidateMode: "onSubmit",
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={form.handleSubmit((body) => void sent.push(body))}>
        <BoardFields choices={choices} fixed={{ task: false, promptSet: false }} />
        <button type="submit">Send</button>
      </form>
    </FormProvider>
  );
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const described = (label: string | RegExp) =>
  document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent;
const send = () => fireEvent.click(screen.getByRole("button", { name: "Send" }));

test("a name is all that a board must be given: it is closed to all but those invited, and asks the usual question", async () => {
  const sent: BoardCreation[] = [];
  render(<Form sent={sent} />);
  expect(field(/^Question/).placeholder).toBe(DEFAULT_QUESTION);
  type("Name", "Posters");
  send();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    ...{ name: "Posters", question: null, fit: "same", livePrompts: false },
    ...{ seenBy: "invited", votedBy: "invited", submittedBy: "invited", listing: "automatic" },
  });
});

test("a field at fault is marked, says why and has the focus, and the mark goes as soon as it is changed", async () => {
  const sent: BoardCreation[] = [];
  render(<Form sent={sent} />);
  type("Name", "Posters");
  type("Allowed difference in shape, percent", "60");
  send();
  const tolerance = field("Allowed difference in shape, percent");
  await waitFor(() => expect(tolerance.getAttribute("aria-invalid")).toBe("true"));
  expect(described("Allowed difference in shape, percent")).toBe("Between 0 and 50 percent.");
  expect(document.activeElement).toBe(tolerance);
  type("Allowed difference in shape, percent", "6");
  await waitFor(() => expect(tolerance.getAttribute("aria-invalid")).toBe("false"));
  expect(sent).toEqual([]);
});

test("the rarer settings are folded away until they are opened", () => {
  render(<Form sent={[]} />);
  const rarer = screen.getByText("More settings").closest("details");
  expect(rarer?.open).toBe(false);
  expect(rarer?.contains(field("Name"))).toBe(false);
  expect(rarer?.contains(field(/^Question/))).toBe(true);
});

test("one's own judges are told from others'; without any, the way to add one is shown", () => {
  const judges = [
    { slug: "mine", name: "Mine", own: true },
    { slug: "mini", name: "Mini judge", own: false },
  ];
  render(<Form sent={[]} choices={boardChoices({ judges })} />);
  screen.getByRole("checkbox", { name: "Mine (yours)" });
  screen.getByRole("checkbox", { name: "Mini judge" });
  cleanup();
  render(<Form sent={[]} />);
  screen.getByText(/There is no judge to choose yet/);
  expect(screen.getByRole("link", { name: "Add one" }).getAttribute("href")).toBe("/judges");
});

test("votes on own prompts count apart unless it is ticked that they count", async () => {
  const sent: BoardCreation[] = [];
  render(<Form sent={sent} />);
  type("Name", "Posters");
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: /^Votes on own prompts count/ });
  expect(box.checked).toBe(false);
  fireEvent.click(box);
  send();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0].countsLiveVotes).toBe(true);
});
