import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { Voting } from "@/components/comparisons/voting";
import type { PairResponse } from "@/lib/schemas/comparisons";
import { serveClipTime } from "@/tests/support/clip-time";
import { servePage } from "@/tests/support/page-api";

const page = servePage("/comparisons/cmp_1/vote");
const { time, pass, passTo, frames, all, press, control } = serveClipTime();

beforeEach(() => {
  page.on("POST /api/v1/comparisons/cmp_1/pairs", (): PairResponse => ({
    progress: { done: 0, of: 1 },
    pair: {
      pairId: "cvt_1",
      prompt: "a red fox moves left",
      category: "one object",
      sources: [],
      left: { url: "/media/comparisons/cvt_1/left" },
      right: { url: "/media/comparisons/cvt_1/right" },
      size: { width: 64, height: 64 },
      clip: { frames: 17, columns: 5, rate: 8 },
      question: null,
    },
  }));
});

const open = async () => {
  render(<Voting comparison={{ comparisonId: "cmp_1", question: null, isOwner: false }} />);
  await waitFor(() => expect(frames()).toHaveLength(2));
  await act(async () => {});
};

describe("two videos of a comparison", () => {
  test("play by one clock: every frame of one side stands beside the same frame of the other, round and round", async () => {
    await open();
    all(0);
    pass(0);
    for (const frame of [1, 2, 16, 17, 20]) {
      passTo(frame * 125 + 1);
      all(frame % 17);
    }
    screen.getByText("Video A");
  });

  test("are moved together by button, slider and key, and no vote comes of it", async () => {
    await open();
    fireEvent.click(control("Pause"));
    press(".");
    all(1);
    fireEvent.change(screen.getByRole("slider", { name: "Frame" }), { target: { value: "9" } });
    all(9);
    press("s");
    press("p");
    pass(0);
    pass(251);
    all(10);
    expect(page.of("POST /api/v1/comparisons/cmp_1/votes")).toEqual([]);
  });

  test("stand still where less motion was asked for, until they are played", async () => {
    time.lessMotion = true;
    await open();
    pass(0);
    pass(5000);
    all(0);
    fireEvent.click(control("Play"));
    pass(0);
    pass(126);
    all(1);
  });
});
