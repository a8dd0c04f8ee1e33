import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { boardResolver, newBoardValues, type BoardValues } from "@/components/boards/board-values";
import { FurtherSetsField, PromptSetField } from "@/components/boards/prompt-set-fields";
import type { BoardCreation } from "@/lib/schemas/boards";
import { boardChoices } from "@/tests/support/board-forms";

const choices = {
  ...boardChoices(),
  promptSets: [
    { slug: "posters", name: "Posters", prompts: 12 },
    { slug: "faces", name: "Faces", prompts: 40 },
  ],
};

function Form({ sent, further, hasVotes }: { sent: BoardCreation[]; further: string[]; hasVotes: boolean }) {
  const form = useForm<BoardValues, unknown, BoardCreation>({
    defaultValues: { ...newBoardValues("posters"), name: "Ours", furtherPromptSets: further },
    resolver: boardResolver(useTranslations("boards")),
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={form.handleSubmit((body) => void sent.push(body))}>
        <PromptSetField choices={choices} isFixed={hasVotes} />
        <FurtherSetsField choices={choices} isFixed={hasVotes} />
        <button type="submit">Send</button>
      </form>
    </FormProvider>
  );
}
const send = () => fireEvent.click(screen.getByRole("button", { name: "Send" }));
const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });

test("sends the further sets that are ticked, and never the first among them", async () => {
  const sent: BoardCreation[] = [];
  render(<Form sent={sent} further={[]} hasVotes={false} />);
  expect(screen.getAllByRole("checkbox")).toHaveLength(1);
  fireEvent.click(box(/^Faces/));
  send();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ promptSet: "posters", furtherPromptSets: ["faces"] });
  // What was ticked becomes the first.
  fireEvent.change(screen.getByLabelText("Prompt set"), { target: { value: "faces" } });
  send();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({ promptSet: "faces", furtherPromptSets: [] });
});

test("keeps the sets of a board with votes, and says so", () => {
  render(<Form sent={[]} further={["faces"]} hasVotes />);
  const faces = box(/^Faces/);
  expect([faces.checked, faces.disabled]).toEqual([true, true]);
  screen.getByText(/it keeps this set/);
});
