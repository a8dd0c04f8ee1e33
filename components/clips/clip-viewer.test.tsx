import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ClipViewer } from "./clip-viewer";
import { serveClipTime } from "@/tests/support/clip-time";

const CLIPS = { frames: 17, columns: 5, rate: 8, first: "/1.webp", second: "/2.webp" };
const { pass, frames, all, press } = serveClipTime();

afterEach(cleanup);

test("two videos open over the page and play by one clock, named by what they are, until they are closed", async () => {
  render(
    <ClipViewer clips={CLIPS} labels={["Model A", "Model B"]} title="a car moves left">
      still images
    </ClipViewer>,
  );
  expect(frames()).toHaveLength(0);
  fireEvent.click(screen.getByRole("button", { name: "Play both: a car moves left" }));
  const dialog = await screen.findByRole("dialog", { name: "a car moves left" });
  await act(async () => {});
  pass(0);
  pass(376);
  expect(frames()).toHaveLength(2);
  all(3);
  for (const name of ["Model A", "Model B"])
    expect(
      within(dialog).getByRole("img", { name: `a car moves left, ${name}, frame 4 of 17` }),
    ).toBeTruthy();
  press("p");
  pass(1000);
  all(3);
  fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
