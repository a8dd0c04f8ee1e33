import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  CLIP_CATEGORIES,
  CLIP_FRAMES,
  clipSchema,
  MOTIONS,
  type Clip,
  type Motion,
} from "@/lib/schemas/stack/clip";
import { OBJECT_KINDS } from "@/lib/schemas/stack/scene";
import {
  clipCaption,
  clipCaptionFromTruth,
  clipTruth,
  parseClipCaption,
} from "@/generation/world/motion/clip-caption";
import { sampleBalancedClip, sampleClip, sampleTrainingClip } from "@/generation/world/motion/clip-sampler";
import {
  CLIP_TEXT_LENGTH,
  CLIP_VOCABULARY_SIZE,
  CLIP_WORDS,
  tokenizeClipCaption,
} from "@/generation/world/motion/clip-tokenizer";
import { evaluationClip } from "@/generation/world/motion/evaluation-clips";
import {
  asksForHeldOutMotion,
  heldOutMotions,
  showsHeldOut,
} from "@/generation/world/motion/held-out-motions";
import { createClipRenderer } from "@/generation/world/motion/render-clip";
import { placeAt } from "@/generation/world/motion/tracks";
import { UNKNOWN_ID, WORDS } from "@/generation/world/tokenizer";

const clips = Array.from({ length: 1200 }, (_, index) => sampleBalancedClip(index, "validation"));
const render = createClipRenderer();
const withMotion = (motion: Motion) =>
  clips.flatMap(({ objects }) => objects.filter((object) => object.motion === motion));

describe("the same seed", () => {
  test("gives the same clip, caption and bytes, whatever was drawn before", async () => {
    const once = await render(sampleTrainingClip(11));
    const again = await createClipRenderer()(sampleTrainingClip(11));
    expect(again.frames.map((frame) => Buffer.from(frame).toString("base64"))).toEqual(
      once.frames.map((frame) => Buffer.from(frame).toString("base64")),
    );
    expect(again.tracks).toEqual(once.tracks);
  });

  test("gives the clips the weights were trained on", () => {
    const hash = createHash("sha256");
    for (let index = 0; index < 200; index += 1) hash.update(JSON.stringify(sampleTrainingClip(index)));
    expect(hash.digest("hex")).toBe("2ee477cd9d6a26af2303ec6dac033b251a2b824fea60859574a0859175971076");
  });

  test("of another split or the next index gives another clip", () => {
    const drawn = [
      sampleClip(5, "train", "behind"),
      sampleClip(5, "reference", "behind"),
      sampleClip(6, "train", "behind"),
    ];
    expect(new Set(drawn.map((clip) => JSON.stringify(clip))).size).toBe(3);
  });
});

describe("clips", () => {
  test("are valid, of every category and motion, with objects of distinct kinds", () => {
    for (const clip of clips) {
      clipSchema.parse(clip);
      expect(new Set(clip.objects.map(({ kind }) => kind)).size).toBe(clip.objects.length);
    }
    for (const motion of MOTIONS) expect(withMotion(motion).length, motion).toBeGreaterThan(10);
  });

  test("keep every object in view, but where it leaves or passes behind another", async () => {
    for (const clip of clips.slice(0, 120)) {
      const { tracks } = await render(clip);
      clip.objects.forEach(({ motion }, index) => {
        const least = Math.min(...tracks[index].map(({ visible }) => visible));
        if (motion.startsWith("leaves")) expect(least).toBe(0);
        else if (motion.endsWith("behind")) expect(least).toBeLessThan(0.6);
        else expect(least, JSON.stringify(clip)).toBeGreaterThan(0.9);
        expect(tracks[index][CLIP_FRAMES - 1].visible).toBeGreaterThan(0.5);
      });
    }
  });

  test("move as their words say", () => {
    const path = (object: Clip["objects"][number]) =>
      Array.from({ length: CLIP_FRAMES }, (_, frame) => placeAt(object, frame));
    const gain = (motion: Motion, of: "x" | "y" | "size") =>
      withMotion(motion).map((object) => placeAt(object, CLIP_FRAMES - 1)[of] - placeAt(object, 0)[of]);
    expect(Math.max(...gain("moves left", "x"), ...gain("moves left behind", "x"))).toBeLessThan(-10);
    expect(Math.min(...gain("moves right", "x"), ...gain("moves right behind", "x"))).toBeGreaterThan(10);
    expect(Math.max(...gain("moves up", "y"))).toBeLessThan(-10);
    expect(Math.min(...gain("moves down", "y"))).toBeGreaterThan(10);
    for (const object of withMotion("grows"))
      expect(placeAt(object, CLIP_FRAMES - 1).size / object.size).toBeGreaterThan(1.7);
    for (const object of withMotion("shrinks"))
      expect(object.size / placeAt(object, CLIP_FRAMES - 1).size).toBeGreaterThan(1.7);
    for (const object of withMotion("spins"))
      expect(new Set(path(object).map(({ angle }) => angle)).size).toBe(16);
    for (const object of withMotion("stands still"))
      expect(new Set(path(object).map((place) => JSON.stringify(place))).size).toBe(1);
    for (const object of withMotion("bounces")) {
      const heights = path(object).map(({ y }) => object.y - y);
      expect(heights[0]).toBeCloseTo(0);
      expect(heights[CLIP_FRAMES - 1]).toBeCloseTo(0);
      expect(Math.max(...heights)).toBeGreaterThan(10);
      expect(heights[9], "on the floor between the hops").toBeCloseTo(0);
    }
    for (const object of [...withMotion(MOTIONS[11]), ...withMotion(MOTIONS[12])])
      expect(placeAt(object, CLIP_FRAMES - 1)).toEqual({
        x: object.x,
        y: object.y,
        size: object.size,
        angle: 0,
      });
  });

  test("show a held-out motion in the held-out category alone, and its caption there names it", () => {
    clips.forEach((clip, index) =>
      expect(showsHeldOut(clip)).toBe(CLIP_CATEGORIES[index % CLIP_CATEGORIES.length] === "held-out"),
    );
    for (let index = 5; index < 300; index += 6)
      expect(asksForHeldOutMotion(clipTruth(evaluationClip(index, "prompts")))).toBe(true);
    for (const kind of OBJECT_KINDS) expect(new Set(heldOutMotions(kind)).size).toBe(2);
    for (const motion of MOTIONS)
      expect(OBJECT_KINDS.filter((kind) => !heldOutMotions(kind).includes(motion)).length).toBeGreaterThan(8);
  });
});

describe("captions of clips", () => {
  test("are read back as what they claim, by the parser and by the tokens", () => {
    for (const clip of clips) {
      const text = clipCaption(clip);
      expect(parseClipCaption(text), text).toEqual(clipTruth(clip));
      const tokens = tokenizeClipCaption(text);
      expect(tokens).toHaveLength(CLIP_TEXT_LENGTH);
      expect(tokens).not.toContain(UNKNOWN_ID);
      expect(tokens[CLIP_TEXT_LENGTH - 1], "nothing is cut off").toBe(0);
    }
  });

  test("read as English", () => {
    const background = "white" as const;
    expect(
      clipCaptionFromTruth({
        objects: [
          { kind: "ball", colour: "orange", motion: "moves left behind" },
          { kind: "house", colour: null, motion: null },
        ],
        background,
      }),
    ).toBe("an orange ball moves left behind a house on a white background");
    expect(
      clipCaptionFromTruth({
        objects: [
          { kind: "car", colour: "red", motion: "moves left" },
          { kind: "tree", colour: "green", motion: null },
          { kind: "star", colour: null, motion: "spins" },
        ],
        background: null,
      }),
    ).toBe("a red car moves left, a green tree and a star spins");
  });

  test("that are not of the grammar are refused", () => {
    for (const text of [
      "",
      "a ball moves",
      "a ball moves left behind",
      "a ball moves left and",
      "two balls spin",
      "a ball spins on a background",
    ])
      expect(parseClipCaption(text), text).toBeNull();
  });

  test("give the image models' words the ids these know", () => {
    expect(CLIP_WORDS.slice(0, WORDS.length)).toEqual(WORDS);
    expect(CLIP_VOCABULARY_SIZE).toBe(CLIP_WORDS.length + 2);
  });
});
