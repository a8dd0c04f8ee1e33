import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { SamplesForm } from "@/components/submit/samples-form";
import type { UploadChoices } from "@/lib/schemas/sample-uploads";
import { pageRouter } from "@/tests/support/page-router";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/submit/samples");
const UPLOADS = "/api/v1/samples/uploads";
const TOYBOX = { slug: "toybox", name: "Toybox" };
const boards = [
  { ...{ slug: "text-to-image", name: "Text to image", isPublic: true }, promptSets: [TOYBOX] },
  { ...{ slug: "cups", name: "Cups", isPublic: false }, promptSets: [{ slug: "cups", name: "Cups" }] },
  {
    ...{ slug: "both", name: "Both", isPublic: false },
    promptSets: [TOYBOX, { slug: "plates", name: "Plates" }],
  },
] as Parameters<typeof SamplesForm>[0]["boards"];
const choices: UploadChoices = {
  mostBytes: 1000,
  promptSets: [{ slug: "toybox", name: "Toybox", prompts: 12, kind: "image" }],
  models: [{ slug: "warm", name: "Warm" }],
  runs: [{ runId: "run_1", label: "step 100", model: "Warm" }],
  open: [],
};

const open = (board: string | null) =>
  render(<SamplesForm choices={choices} boards={boards} board={board} runId={null} reviewed={false} />, {
    wrapper: pageRouter("/submit/samples").wrapper,
  });
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const choose = (file: File) =>
  fireEvent.change(screen.getByLabelText("Archive of images or videos"), { target: { files: [file] } });
const zip = (bytes: number) => new File([new Uint8Array(bytes)], "warm.zip");
const press = () => fireEvent.click(screen.getByRole("button", { name: "Upload" }));

function fillIn() {
  type("Model", "Warm");
  type("Who made the model", "Our lab");
  choose(zip(10));
}
const sent = async () => {
  await waitFor(() => expect(api.of(`POST ${UPLOADS}`)).toHaveLength(1));
  return api.of(`POST ${UPLOADS}`)[0].body as Record<string, unknown>;
};

beforeEach(() => api.on(`POST ${UPLOADS}`, () => new Refusal(409, "conflict", "Your model has this name.")));

test("sends a model to the board of the link, asks for no prompt set, and says that it stands there alone", async () => {
  open("cups");
  expect(screen.queryByLabelText("Prompt set")).toBeNull();
  screen.getByText(/stands on this board alone/);
  expect(screen.queryByRole("checkbox")).toBeNull();
  fillIn();
  press();
  const body = await sent();
  expect(body).toMatchObject({ board: "cups", name: "Warm", creator: "Our lab", bytes: 10 });
  expect(body).not.toHaveProperty("promptSet");
  // What was refused is said, and nothing is lost.
  await screen.findByText("Your model has this name.");
  expect(screen.getByLabelText<HTMLInputElement>("Model").value).toBe("Warm");
});

test("sends samples of a set's prompts where no board is chosen", async () => {
  open("unknown");
  type("Board", "");
  fillIn();
  press();
  const body = await sent();
  expect(body).toMatchObject({ promptSet: "toybox", listed: true });
  expect(body).not.toHaveProperty("board");
});

test("gives a model of one's own another run, over the set of the board that is chosen", async () => {
  open("both");
  type("Whose", "warm");
  expect(screen.queryByLabelText("Model")).toBeNull();
  type("Prompt set", "plates");
  choose(zip(10));
  press();
  const body = await sent();
  expect(body).toMatchObject({ model: "warm", board: "both", promptSet: "plates" });
  expect(body).not.toHaveProperty("name");
});

test("sends further samples to a run of one's own, about which nothing else is asked", async () => {
  open(null);
  type("For", "run_1");
  expect(screen.queryByLabelText("Model")).toBeNull();
  choose(zip(10));
  press();
  expect(await sent()).toEqual({ runId: "run_1", file: "warm.zip", bytes: 10 });
});

test("refuses a file larger than the site takes before a byte is sent", () => {
  open("cups");
  fillIn();
  choose(zip(1001));
  screen.getByText(/this site takes at most/);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Upload" }).disabled).toBe(true);
  press();
  expect(api.requests).toEqual([]);
});
