import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Preview } from "@/components/prompts/preview";
import type { PromptProblem } from "@/lib/schemas/prompt-problems";
import type { PromptPreview } from "@/lib/schemas/prompt-sets";

afterEach(cleanup);

const error = (line: number): PromptProblem => ({
  code: "empty_prompt",
  severity: "error",
  file: null,
  line,
  entry: null,
});

const preview = (changes: Partial<PromptPreview> = {}): PromptPreview => ({
  format: "geneval",
  prompts: 3,
  images: 0,
  errors: 0,
  warnings: 0,
  problems: [],
  categories: [
    { name: "colors", count: 2, first: [{ key: "k1", text: "a red cup", tags: ["basic"], sources: 0 }] },
    { name: "counting", count: 1, first: [{ key: "k2", text: "two boats", tags: [], sources: 1 }] },
  ],
  against: null,
  ...changes,
});

test("a preview says what was read, and shows the first prompts of each category", () => {
  render(<Preview preview={preview()} />);
  expect(screen.getByRole("heading", { name: "3 prompts in 2 categories" })).toBeDefined();
  expect(screen.getByText("Read as GenEval, no errors.")).toBeDefined();
  const colors = within(screen.getByRole("region", { name: "Category colors" }));
  expect(colors.getByText("2 prompts")).toBeDefined();
  expect(colors.getByText("a red cup")).toBeDefined();
  expect(colors.getByText("k1 · basic")).toBeDefined();
  expect(screen.getByText("k2 · 1 source image")).toBeDefined();
  expect(screen.queryByRole("list", { name: "Problems" })).toBeNull();
});

test("problems are sentences with their line, errors told from remarks, and many of them behind a fold", () => {
  const remark: PromptProblem = { code: "unknown_column", severity: "warning", file: null, line: null, entry: null, column: "author" }; // prettier-ignore
  const problems = [...Array.from({ length: 14 }, (_, i) => error(i + 2)), remark];
  render(<Preview preview={preview({ problems, errors: 14, warnings: 10 })} />);
  const shown = within(screen.getByRole("list", { name: "Problems" })).getAllByRole("listitem");
  expect(shown).toHaveLength(12);
  expect(shown[0].textContent).toBe("errorline 2: There is no prompt.");
  expect(screen.getByText("3 more")).toBeDefined();
  expect(screen.getByText("The column author is kept as metadata.")).toBeDefined();
  expect(screen.getByText("and 9 more that are not shown")).toBeDefined();
});

test("a version's preview says what changes; a file without prompts says that there is nothing to import", () => {
  render(<Preview preview={preview({ against: { kept: 1, added: 2, changed: 3, removed: 4 } })} />);
  expect(screen.getByText(/1 prompt unchanged, 2 new, 3 changed, 4 left out/)).toBeDefined();
  cleanup();
  render(<Preview preview={preview({ prompts: 0, categories: [], errors: 1, problems: [error(1)] })} />);
  expect(screen.getByRole("heading", { name: "Nothing to import" })).toBeDefined();
});
