import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";

/** A page whose videos stand still until a test lets time pass, and what it asks of them. */
export function serveClipTime() {
  let now = 0;
  let asked = new Map<number, FrameRequestCallback>();
  const time = { lessMotion: false };
  beforeEach(() => {
    [now, asked, time.lessMotion] = [1000, new Map(), false];
    let last = 0;
    vi.spyOn(window, "requestAnimationFrame").mockImplementation((callback) => {
      asked.set(++last, callback);
      return last;
    });
    vi.spyOn(window, "cancelAnimationFrame").mockImplementation((id) => asked.delete(id));
    vi.spyOn(window, "matchMedia").mockImplementation(
      (query) => ({ matches: time.lessMotion && query.includes("reduced-motion") }) as MediaQueryList,
    );
  });
  afterEach(() => vi.restoreAllMocks());

  const pass = (ms: number) =>
    act(() => {
      now += ms;
      const due = asked;
      asked = new Map();
      for (const callback of due.values()) callback(now);
    });
  /** Until so many milliseconds after the beginning. */
  const passTo = (ms: number) => pass(1000 + ms - now);
  const frames = () =>
    [...document.querySelectorAll("[data-frame]")].map((side) => Number(side.getAttribute("data-frame")));
  /** All videos that stand there show this frame. */
  const all = (frame: number, count = 2) => expect(frames()).toEqual(Array<number>(count).fill(frame));
  const press = (key: string, on: Element = document.body) => fireEvent.keyDown(on, { key });
  const control = (name: string, group = "Both videos") =>
    within(screen.getByRole("group", { name: group })).getByRole("button", { name });
  return { time, pass, passTo, frames, all, press, control };
}
