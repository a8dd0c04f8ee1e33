import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { NewBoard } from "@/components/boards/new-board";
import { boardChoices } from "@/tests/support/board-forms";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/boards/new");
const choices = boardChoices({
  encoders: ["toybox-encoder", "dinov2", "clip", "i3d", "inception"],
  videoEncoders: ["i3d"],
  references: [{ id: "ref_toys", name: "Toys", encoder: "toybox-encoder" }],
});
function open() {
  render(<NewBoard choices={choices} />, { wrapper: pageRouter("/boards/new").wrapper });
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Measured" } });
}
const add = () => screen.queryByRole("button", { name: "Add an encoder" });
const encoders = () => screen.queryAllByLabelText<HTMLSelectElement>("Encoder").map((select) => select.value);
const make = () => fireEvent.click(screen.getByRole("button", { name: "Make the board" }));
const group = () => screen.getByRole("group", { name: "Metrics" });
const note = () => document.getElementById(group().getAttribute("aria-describedby") ?? "")?.textContent;

test("a board has four encoders at most, and names those that read videos", async () => {
  open();
  for (let many = 1; many <= 4; many++) {
    fireEvent.click(add()!);
    await waitFor(() => expect(encoders()).toHaveLength(many));
  }
  expect(add()).toBeNull();
  expect(encoders()).toEqual(["toybox-encoder", "dinov2", "clip", "i3d"]);
  expect(screen.getAllByRole("option", { name: "i3d (videos)" })).toHaveLength(4);
});

test("an encoder that is taken away is not sent, and may be added again", async () => {
  api.on("POST /api/v1/boards", () => ({ slug: "measured" }));
  open();
  fireEvent.click(add()!);
  await waitFor(() => expect(encoders()).toHaveLength(1));
  fireEvent.click(add()!);
  await waitFor(() => expect(encoders()).toHaveLength(2));
  fireEvent.click(screen.getByRole("button", { name: "Remove toybox-encoder" }));
  await waitFor(() => expect(encoders()).toEqual(["dinov2"]));
  make();
  await waitFor(() => expect(api.requests).toHaveLength(1));
  expect(api.requests[0].body).toMatchObject({ metrics: [{ encoder: "dinov2", reference: null }] });
});

test("an encoder named twice is refused beside the metrics, before anything is sent", async () => {
  open();
  fireEvent.click(add()!);
  fireEvent.click(add()!);
  await waitFor(() => expect(encoders()).toHaveLength(2));
  fireEvent.change(screen.getAllByLabelText("Encoder")[1], { target: { value: "toybox-encoder" } });
  make();
  await waitFor(() => expect(note()).toMatch(/^Metrics /));
  expect(api.requests).toEqual([]);
  // What is wrong goes once it is changed.
  fireEvent.change(screen.getAllByLabelText("Encoder")[1], { target: { value: "clip" } });
  await waitFor(() => expect(note()).toMatch(/^Samples are embedded/));
});

test("what the server refuses of the metrics as a whole is said beside them", async () => {
  api.on("POST /api/v1/boards", () => new Refusal(400, "invalid_request", "are too many here", "metrics"));
  open();
  fireEvent.click(add()!);
  await waitFor(() => expect(encoders()).toHaveLength(1));
  make();
  await waitFor(() => expect(note()).toMatch(/are too many here/));
});
