import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ImportForm } from "@/components/prompts/import-form";
import type { PromptPreview } from "@/lib/schemas/prompt-sets";
import { Refusal, servePage, type PageRequest } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/prompts/new");
const SETS = "POST /api/v1/prompt-sets";
const found = (changes: Partial<PromptPreview> = {}): PromptPreview => ({
  format: "text",
  prompts: 2,
  images: 0,
  errors: 0,
  warnings: 0,
  problems: [],
  categories: [],
  against: null,
  ...changes,
});
/** Answers a look with this preview, and an import with the set's name. */
const serve = (preview: PromptPreview, route = SETS) =>
  api.on(route, ({ query }) => (query.has("preview") ? preview : { slug: "cups" }));
const imports = (route = SETS) => api.of(route).filter(({ query }) => !query.has("preview"));
const told = ({ query, body }: PageRequest) => [Object.fromEntries(query), body];

function open(follows: { slug: string; name: string } | null = null) {
  const router = pageRouter("/prompts/new");
  const limits = { megabytes: 1, prompts: 100, sets: 10 };
  render(<ImportForm limits={limits} follows={follows} />, { wrapper: router.wrapper });
  return router;
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const paste = (text: string) => {
  fireEvent.click(screen.getByRole("radio", { name: "pasted text" }));
  fireEvent.change(screen.getByRole("textbox", { name: /Prompts, one on each line/ }), {
    target: { value: text },
  });
};
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const choose = (file: File) => fireEvent.change(screen.getByLabelText("File"), { target: { files: [file] } });

test("pasted prompts are looked at first, and imported as they were seen", async () => {
  serve(found());
  const router = open();
  paste("a red cup\na blue cup");
  type("Name of the set", " Cups ");
  type(/^Category/, "cups");
  press("Preview");
  await screen.findByRole("button", { name: "Import 2 prompts" });
  expect(imports()).toEqual([]);
  press("Import 2 prompts");
  await waitFor(() => expect(router.visited).toEqual(["/prompts/cups"]));
  expect(imports().map(told)).toEqual([
    [{ file: "pasted.txt", category: "cups", name: "Cups" }, "a red cup\na blue cup"],
  ]);
});

test("a file gives the set its name, and what has errors is left out only where the button says so", async () => {
  serve(found({ errors: 3, prompts: 1 }));
  const router = open();
  choose(new File(["prompt\na cup"], "my cups.csv"));
  expect(screen.getByLabelText<HTMLInputElement>("Name of the set").value).toBe("my cups");
  press("Preview");
  await screen.findByRole("button", { name: "Import 1 prompt, without what has errors" });
  press(/^Import 1 prompt/);
  await waitFor(() => expect(router.visited).toEqual(["/prompts/cups"]));
  expect(imports().map(told)).toEqual([
    [{ file: "my cups.csv", name: "my cups", skip: "1" }, "prompt\na cup"],
  ]);
});

test("nothing is imported that was not looked at: any change takes the preview away, one that comes late too", async () => {
  const held: (() => void)[] = [];
  api.on(SETS, () => new Promise((resolve) => held.push(() => resolve(found()))));
  open();
  paste("a red cup");
  press("Preview");
  await waitFor(() => expect(held).toHaveLength(1));
  paste("a red cup\nanother");
  await act(async () => held[0]());
  await waitFor(() => screen.getByRole("button", { name: "Preview" }));
  expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
});

test("nothing is sent where nothing is chosen, where the file is too large, or where the set has no name", async () => {
  serve(found());
  open();
  press("Preview");
  expect((await screen.findByRole("alert")).textContent).toBe("Choose a file first.");
  choose(new File([new Uint8Array(2 ** 20 + 1)], "large.csv"));
  expect(screen.getByRole("alert").textContent).toBe("The file has 2 MiB; this site takes at most 1.");
  expect(api.requests).toEqual([]);
  paste("a red cup");
  press("Preview");
  await screen.findByRole("button", { name: "Import 2 prompts" });
  press("Import 2 prompts");
  expect((await screen.findByRole("alert")).textContent).toBe("Give the set a name.");
  expect(imports()).toEqual([]);
});

test("a refusal is told in its words, and what was pasted is still there", async () => {
  api.on(SETS, () => new Refusal(400, "invalid_request", "The file is empty."));
  open();
  paste("  x  ");
  press("Preview");
  expect((await screen.findByRole("alert")).textContent).toBe("The file is empty.");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Prompts, one/ }).value).toBe("  x  ");
});

test("the next version of a set goes to that set, and needs no name", async () => {
  const route = "POST /api/v1/prompt-sets/cups-1/versions";
  serve(found(), route);
  const router = open({ slug: "cups-1", name: "Cups" });
  expect(screen.queryByLabelText("Name of the set")).toBeNull();
  paste("a red cup");
  press("Preview");
  await screen.findByRole("button", { name: "Make the version of 2 prompts" });
  press("Make the version of 2 prompts");
  await waitFor(() => expect(router.visited).toEqual(["/prompts/cups"]));
  expect(imports(route).map(told)).toEqual([[{ file: "pasted.txt" }, "a red cup"]]);
});
