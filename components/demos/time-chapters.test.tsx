import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { PARTS } from "@/components/demos/chapters";
import { TimeChapters } from "@/components/demos/time-chapters";
import type { TimeView } from "@/lib/schemas/stack/stack-page";
import texts from "@/messages/en/stack.json";
import { serveClipTime } from "@/tests/support/clip-time";

afterEach(cleanup);
const { time: page, pass, passTo, frames, all, press, control } = serveClipTime();

const model = (
  slug: string,
  more: Partial<TimeView["models"][number]["card"]> = {},
): TimeView["models"][number] => ({
  slug,
  name: slug.toUpperCase(),
  metrics: {},
  card: {
    id: slug,
    name: slug,
    sampler: { default: "euler", steps: 20, guidanceScale: 3 },
    parameters: 5_359_696,
    training: {},
    figures: {},
    license: "Apache-2.0",
    ...more,
  },
});
const framewise = model("video-framewise", {
  drawnBy: { model: "flow-dit-latent", sha256: "0" },
  sharedNoise: 0.8,
});

function view(models: TimeView["models"], more: Partial<TimeView> = {}): TimeView {
  const url = (slug: string, verb: string) => `/media/demos/${slug}-${verb}/sheet`;
  return {
    models,
    clip: { frames: 17, columns: 5, rate: 8 },
    prompts: ["spins", "bounces"].map((verb) => ({
      verb,
      prompt: `a red fish ${verb}`,
      clips: models.map(({ slug, name }) => ({ slug, name, url: url(slug, verb) })),
    })),
    autoencoder: null,
    progress: { generated: 0, planned: 0, waiting: false },
    ...more,
  };
}
const show = (time: TimeView) =>
  render(<TimeChapters time={time} of={(chapter) => (chapter === "frame-by-frame" ? time.models : [])} />);
const text = () => document.body.textContent;

describe("the part on time", () => {
  test("reads without a model of clips: every chapter stands there, and no figure is claimed", () => {
    const { container } = show(view([]));
    for (const chapter of PARTS.time) screen.getByRole("heading", { name: texts.chapters[chapter] });
    expect(screen.queryByRole("group", { name: "All clips" })).toBeNull();
    expect(container.querySelector("[data-frame]")).toBeNull();
    expect(text()).not.toMatch(/PSNR|Measured:|patches are/);
    expect(screen.getAllByText(/No bundled model that embodies this is served here yet/)).toHaveLength(3);
  });

  test("says what the cards say: the autoencoder's figures with how they were measured, the patches, the shared noise, what the mask cost", () => {
    const causal = model("video-dit-causal", { figures: { againstSibling: "7 points fewer, n = 300" } });
    show(
      view([framewise, causal], {
        autoencoder: {
          ...{
            id: "a",
            name: "A",
            imageSize: 64,
            frames: 17,
            latentShape: [5, 8, 16, 16],
            parameters: 1,
            training: {},
          },
          figures: {
            ...{ reconstructionPsnrDb: 29.73, keyFramesPsnrDb: 32.26, framesBetweenPsnrDb: 29.09 },
            ...{ seesNoFuture: true, howMeasured: "mean over 300 clips" },
          },
        },
      }),
    );
    expect(text()).toMatch(
      /208,896 numbers, become 5 latent frames of 16 × 16 × 8: 10,240 numbers, 20 times fewer/,
    );
    expect(text()).toMatch(
      /29\.7 dB PSNR, 32\.3 in the frames .* 29\.1 in those between \(mean over 300 clips\)/,
    );
    expect(text()).toMatch(/5 latent frames of 8 × 8 patches are 320, where an image has 64/);
    expect(text()).toMatch(/here 80% of its variance/);
    expect(text()).toMatch(/Measured: 7 points fewer, n = 300\./);
    expect(text()).toMatch(/drawn by flow-dit-latent/);
  });
});

describe("its clips", () => {
  test("stand still until they are played, then all show the same frame, round and round", () => {
    show(view([framewise, model("video-dit-latent")]));
    all(0);
    pass(0);
    pass(5000);
    all(0);
    fireEvent.click(control("Play", "All clips"));
    pass(0);
    for (const frame of [1, 16, 17]) {
      passTo(5000 + frame * 125 + 1);
      all(frame % 17);
    }
  });

  test("of another prompt play at once, unless less motion was asked for", () => {
    show(view([framewise]));
    const choose = (at: string) =>
      fireEvent.change(screen.getByLabelText("What happens"), { target: { value: at } });
    choose("1");
    screen.getByText("“a red fish bounces”");
    expect(document.querySelector("[data-frame]")!.getAttribute("src")).toBe(
      "/media/demos/video-framewise-bounces/sheet",
    );
    pass(0);
    pass(126);
    expect(frames()).toEqual([1]);
    page.lessMotion = true;
    choose("0");
    pass(0);
    pass(5000);
    expect(frames()).toEqual([0]);
  });

  test("take keys while the focus is among them alone, and say where a clip is not drawn yet", () => {
    const time = view([framewise, model("video-dit-latent")]);
    time.prompts[0].clips[1].url = null;
    show(time);
    screen.getByRole("img", { name: "Not generated yet: a red fish spins, by VIDEO-DIT-LATENT" });
    press(".");
    expect(frames()).toEqual([0]);
    fireEvent.focus(control("Play", "All clips"));
    press(".", control("Play", "All clips"));
    expect(frames()).toEqual([1]);
  });
});
