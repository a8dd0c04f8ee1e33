import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { DemoClips } from "@/components/demos/demo-clips";
import { serveClipTime } from "@/tests/support/clip-time";

const CLIP = { frames: 17, columns: 5, rate: 8 };
const { pass, passTo, frames, all, press, control } = serveClipTime();

const clip = (slug: string, url: string | null) => ({ slug, name: slug, url });
const PROMPTS = [
  {
    verb: "moves",
    prompt: "a red car moves left",
    clips: [clip("dit", "/1.webp"), clip("still", "/2.webp")],
  },
  { verb: "spins", prompt: "a star spins", clips: [clip("dit", "/3.webp"), clip("still", null)] },
];

afterEach(cleanup);

const show = () => render(<DemoClips prompts={PROMPTS} clip={CLIP} />);

test("nothing moves until it is played; then every model's clip shows the same frame", () => {
  show();
  pass(0);
  passTo(1000);
  all(0);
  fireEvent.click(control("Play", "All clips"));
  pass(0);
  pass(251);
  expect(frames()).toHaveLength(2);
  all(2);
});

test("another prompt is played at once from its first frame; a clip that is not there yet says so", () => {
  show();
  fireEvent.change(screen.getByLabelText("What happens"), { target: { value: "1" } });
  expect(screen.getByText("“a star spins”")).toBeTruthy();
  expect(screen.getByRole("img", { name: "Not generated yet: a star spins, by still" })).toBeTruthy();
  all(0, 1);
  pass(0);
  pass(126);
  all(1, 1);
});

test("its keys are the page's own unless the focus is in it", () => {
  show();
  press("p");
  pass(0);
  pass(500);
  all(0);
  act(() => screen.getByLabelText("Frame").focus());
  press(".");
  all(1);
});
