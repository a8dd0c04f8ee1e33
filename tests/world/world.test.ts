import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  PROMPT_CATEGORIES,
  RELATIONS,
  sceneSchema,
  type CaptionTruth,
  type Scene,
} from "@/lib/schemas/stack/scene";
import { caption, captionFromTruth, captionTruth, parseCaption } from "@/generation/world/caption";
import { evaluationScene } from "@/generation/world/evaluation-scenes";
import { asksForHeldOut, HELD_OUT_COLOUR, isHeldOut, isHeldOutRelation } from "@/generation/world/held-out";
import { INKS, rgb } from "@/generation/world/palette";
import {
  createRenderer,
  encodePng,
  SCENE_SIZE,
  sceneSvg,
  type SceneRenderer,
} from "@/generation/world/render";
import { sampleScene, sampleTrainingScene } from "@/generation/world/scene-sampler";

let render: SceneRenderer;
beforeAll(async () => {
  render = await createRenderer();
});

const indices = Array.from({ length: 1500 }, (_, index) => index);

describe("the same seed", () => {
  test("gives the same scene, caption and bytes, whatever was drawn before", async () => {
    const once = render(sampleTrainingScene(11));
    render(sampleTrainingScene(12));
    const again = (await createRenderer())(sampleTrainingScene(11));
    expect(Buffer.from(again).equals(Buffer.from(once))).toBe(true);
    expect(caption(sampleTrainingScene(11))).toBe(caption(sampleTrainingScene(11)));
  });

  test("gives the scenes the weights were trained on", () => {
    const hash = createHash("sha256");
    for (const index of indices.slice(0, 200)) hash.update(JSON.stringify(sampleTrainingScene(index)));
    expect(hash.digest("hex")).toBe("1aa283c27db3a1fb47788f51293d19ee8382a7c95294db20dc1c327643ca862a");
  });

  test("of another split or the next index gives another scene", () => {
    const scenes = [
      sampleScene(5, "train", "relation"),
      sampleScene(5, "reference", "relation"),
      sampleScene(6, "train", "relation"),
    ];
    expect(new Set(scenes.map((scene) => JSON.stringify(scene))).size).toBe(3);
  });
});

describe("scenes", () => {
  test("are valid, keep every icon on the canvas, and never let two icons of a plain arrangement overlap", () => {
    for (const index of indices) {
      const scene = sceneSchema.parse(sampleTrainingScene(index));
      for (const { x, y, size } of scene.objects) {
        expect(Math.min(x, y) - size / 2).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y) + size / 2).toBeLessThanOrEqual(SCENE_SIZE);
      }
      if (scene.relation === "with") continue;
      scene.objects.forEach((a, at) =>
        scene.objects.slice(at + 1).forEach((b) => {
          const apart = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
          expect(apart).toBeGreaterThanOrEqual((a.size + b.size) / 2 - 4.5);
        }),
      );
    }
  });

  test("show the relation they claim", () => {
    for (const index of indices) {
      const { relation, objects } = sampleTrainingScene(index);
      if (!relation) continue;
      const [dx, dy] = [objects[1].x - objects[0].x, objects[1].y - objects[0].y];
      if (relation === "left of") expect(dx).toBeGreaterThan(Math.abs(dy));
      if (relation === "right of") expect(-dx).toBeGreaterThan(Math.abs(dy));
      if (relation === "above") expect(dy).toBeGreaterThan(Math.abs(dx));
      if (relation === "below") expect(-dy).toBeGreaterThan(Math.abs(dx));
      if (relation === "with") expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThan(0.36 * SCENE_SIZE);
      else expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeGreaterThan(0.36 * SCENE_SIZE);
    }
  });
});

describe("held-out combinations", () => {
  test("never come up in training or validation", () => {
    for (const index of indices) {
      expect(isHeldOut(sampleTrainingScene(index))).toBe(false);
      expect(isHeldOut(sampleTrainingScene(index, "validation"))).toBe(false);
      for (const { kind, colour } of sampleTrainingScene(index).objects)
        expect(colour).not.toBe(HELD_OUT_COLOUR[kind]);
    }
  });

  test("come up in every scene of their category, and their captions say so", () => {
    for (const index of indices.slice(0, 600).filter((value) => value % PROMPT_CATEGORIES.length === 5)) {
      const scene = evaluationScene(index, "prompts");
      expect(isHeldOut(scene)).toBe(true);
      expect(asksForHeldOut(captionTruth(scene))).toBe(true);
    }
  });

  test("leave every kind most of its colours, about one relation in eleven out, and the reading bear in", () => {
    const triples = OBJECT_KINDS.flatMap((a) =>
      OBJECT_KINDS.flatMap((b) => RELATIONS.map((relation) => [a, relation, b] as const)),
    );
    const share =
      triples.filter(([a, relation, b]) => isHeldOutRelation(a, relation, b)).length / triples.length;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.12);
    expect(isHeldOutRelation("teddy bear", "with", "book")).toBe(false);
  });
});

describe("captions", () => {
  const truths: fc.Arbitrary<CaptionTruth> = fc
    .record({
      kinds: fc.shuffledSubarray([...OBJECT_KINDS], { minLength: 1, maxLength: 3 }),
      colours: fc.array(fc.option(fc.constantFrom(...COLOURS)), { minLength: 3, maxLength: 3 }),
      counts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
      relation: fc.option(fc.constantFrom(...RELATIONS)),
      background: fc.option(fc.constantFrom(...BACKGROUNDS)),
    })
    .map(({ kinds, colours, counts, relation, background }) => ({
      objects: kinds.map((kind, at) => ({ kind, colour: colours[at], count: counts[at] })),
      relation: kinds.length === 2 ? relation : null,
      background,
    }));

  test("read back as exactly what they say, for any claim of the grammar", () => {
    fc.assert(
      fc.property(truths, fc.boolean(), (truth, reading) => {
        expect(parseCaption(captionFromTruth(truth, reading))).toEqual(truth);
      }),
    );
  });

  test("of a scene claim only what the scene shows", () => {
    for (const index of indices.slice(0, 500)) {
      const scene = sampleTrainingScene(index);
      const read = parseCaption(caption(scene))!;
      expect(read.objects.reduce((sum, { count }) => sum + count, 0)).toBe(scene.objects.length);
      for (const { kind, colour } of read.objects)
        expect(
          scene.objects.some(
            (object) => object.kind === kind && (colour === null || object.colour === colour),
          ),
        ).toBe(true);
      if (read.background) expect(read.background).toBe(scene.background.colour);
    }
  });

  test("a teddy bear reading a book is a bear with a book", () => {
    expect(parseCaption("a teddy bear reading a book")).toEqual({
      objects: [
        { kind: "teddy bear", colour: null, count: 1 },
        { kind: "book", colour: null, count: 1 },
      ],
      relation: "with",
      background: null,
    });
  });

  test.each([
    "",
    "a",
    "a dragon",
    "two star",
    "a star on",
    "a star above",
    "a red blue star",
    "a star above a sun and a car",
    "a star a sun",
  ])("%o is not of the grammar", (text) => expect(parseCaption(text)).toBeNull());
});

describe("the renderer", () => {
  const scene = (kind: (typeof OBJECT_KINDS)[number], colour: (typeof COLOURS)[number]): Scene => ({
    objects: [{ kind, colour, x: 32, y: 32, size: 50, said: { colour: true } }],
    relation: null,
    background: { colour: "white", gradient: false, said: { colour: true } },
  });

  test("renders every kind in every colour's own ink", () => {
    for (const kind of OBJECT_KINDS)
      for (const colour of COLOURS) {
        const pixels = render(scene(kind, colour));
        const ink = rgb(INKS[colour].fill);
        let matching = 0;
        for (let at = 0; at < pixels.length; at += 3)
          if (ink.every((value, channel) => Math.abs(pixels[at + channel] - value) < 6)) matching += 1;
        expect(matching, `${colour} ${kind}`).toBeGreaterThan(100);
      }
  });

  test("renders a gradient from top to bottom and nothing outside an icon's box", () => {
    const sky = { colour: "blue", gradient: true, said: { colour: true } } as const;
    const pixels = render({ ...scene("ball", "red"), background: sky });
    expect(pixels[0]).toBeGreaterThan(pixels[63 * 64 * 3]);
    const corner = render({
      ...scene("ball", "red"),
      objects: [{ ...scene("ball", "red").objects[0], size: 20 }],
      background: sky,
    });
    for (let x = 0; x < 64; x += 1) expect(corner[(21 * 64 + x) * 3]).toBe(corner[21 * 64 * 3]);
  });

  test("agrees with the scalable drawing of the same scene", async () => {
    const { default: sharp } = await import("sharp");
    const drawn = sampleTrainingScene(1);
    const svg = await sharp(Buffer.from(sceneSvg(drawn, 256)))
      .resize(64, 64, { kernel: "linear" })
      .removeAlpha()
      .raw()
      .toBuffer();
    const pixels = render(drawn);
    const mean = pixels.reduce((sum, value, at) => sum + Math.abs(value - svg[at]), 0) / pixels.length;
    expect(mean).toBeLessThan(4);
  });

  test("encodes to a 64x64 PNG that decodes to the same pixels", async () => {
    const { default: sharp } = await import("sharp");
    const pixels = render(sampleTrainingScene(3));
    const { data, info } = await sharp(await encodePng(pixels))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([64, 64, 3]);
    expect(data.equals(Buffer.from(pixels))).toBe(true);
  });
});
