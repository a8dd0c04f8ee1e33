import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { Arena } from "@/components/arena/arena";
import { frameAt } from "@/components/clips/use-clip-clock";
import { serveArena } from "@/tests/support/arena-page";
import { serveClipTime } from "@/tests/support/clip-time";

const { api } = serveArena();
const CLIP = { frames: 17, columns: 5, rate: 8 };

const { time, pass, passTo, frames, all: both, press, control } = serveClipTime();
beforeEach(() => {
  api.clip = CLIP;
});

const open = async () => {
  render(<Arena board="text-to-video" waiting={null} />);
  await waitFor(() => expect(frames()).toHaveLength(2));
  // What follows a paint has been done as well.
  await act(async () => {});
};

describe("two videos on the stage", () => {
  test("play by one clock: every frame of one side stands beside the same frame of the other, round and round", async () => {
    await open();
    both(0);
    pass(0);
    for (const frame of [1, 2, 3, 16, 17, 20]) {
      passTo(frame * 125 + 1);
      both(frame % 17);
    }
    const [left] = document.querySelectorAll<HTMLElement>("[data-frame]");
    // Frame 3 of five columns and four rows.
    expect(left.style.transform).toBe("translate(-60%, 0%)");
  });

  test("pause, step, scrub, half speed and the end of a clip that does not loop, by button, slider and key", async () => {
    await open();
    pass(0);
    pass(251);
    both(2);
    fireEvent.click(control("Pause"));
    pass(1000);
    both(2);
    press(".");
    both(3);
    press(",");
    press(",");
    press(",");
    press(",");
    both(16);
    fireEvent.change(screen.getByRole("slider", { name: "Frame" }), { target: { value: "9" } });
    both(9);
    press("s");
    expect(control("0.5x speed").getAttribute("aria-pressed")).toBe("true");
    press("p");
    pass(0);
    pass(251);
    both(10);
    press("l");
    pass(0);
    pass(60_000);
    both(16);
    expect(control("Play")).toBeDefined();
    press("p");
    both(0);
  });

  test("stand still where less motion was asked for, until they are played", async () => {
    time.lessMotion = true;
    await open();
    pass(0);
    pass(5000);
    both(0);
    fireEvent.click(control("Play"));
    pass(0);
    pass(126);
    both(1);
  });

  test("their keys leave votes alone, and an image has no controls", async () => {
    await open();
    for (const key of ["p", "s", "l", ",", "."]) press(key);
    expect(api.votes).toEqual([]);
  });

  test("of images there is nothing to play", async () => {
    api.clip = null;
    render(<Arena board="text-to-image" waiting={null} />);
    await screen.findByRole("button", { name: /Image A is better/ });
    expect(screen.queryByRole("group", { name: "Both videos" })).toBeNull();
  });
});

test.each([
  [0, true, 0],
  [0.124, true, 0],
  [0.125, true, 1],
  [2.124, true, 16],
  [2.125, true, 0],
  [99, false, 16],
])("after %d s the clip is at its frame", (seconds, loops, frame) => {
  expect(frameAt(seconds, CLIP, loops)).toBe(frame);
});
