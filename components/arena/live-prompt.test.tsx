import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { LivePrompt } from "@/components/arena/live-prompt";

afterEach(cleanup);

test("where an own prompt is typed it says whether votes on it count on the board", () => {
  const { rerender } = render(<LivePrompt onPrompt={vi.fn()} busy={false} votesCount="apart" />);
  expect(screen.getByText(/Votes on your own prompts count apart from the board\./)).toBeTruthy();
  rerender(<LivePrompt onPrompt={vi.fn()} busy={false} votesCount="on the board" />);
  expect(screen.getByText(/Votes on your own prompts count on this board\./)).toBeTruthy();
});

test("what is typed is asked for without blanks around it, and nothing is while it is empty or something is drawn", () => {
  const onPrompt = vi.fn();
  const { rerender } = render(<LivePrompt onPrompt={onPrompt} busy={false} votesCount="apart" />);
  const button = () => screen.getByRole<HTMLButtonElement>("button", { name: "Generate" });
  expect(button().disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("Or ask for an image of your own"), {
    target: { value: "  a red fox " },
  });
  fireEvent.click(button());
  expect(onPrompt).toHaveBeenCalledExactlyOnceWith("a red fox");
  rerender(<LivePrompt onPrompt={onPrompt} busy votesCount="apart" />);
  expect(button().disabled).toBe(true);
});
