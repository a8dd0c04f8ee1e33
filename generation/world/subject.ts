import type { Background } from "@/lib/schemas/stack/scene";
import { cheeks, eyes, shine, smile } from "@/generation/world/icons";
import { SPRITE_SIZE, type Renderable } from "@/generation/world/render";

/**
 * A subject that Toybox does not know: a little robot with a name of its own. An adapter learns it from the ten images below
 * (Ruiz et al. 2023, DreamBooth); no other training ever shows it, and the tokenizer has no such word.
 */
export const SUBJECT_WORD = "blip";

const [STEEL, DARK, PALE] = ["#57c4c0", "#15545c", "#eefaf8"];

/** The robot as a stand-alone icon of `pixels` x `pixels`, in the manner of icons.ts. */
export function subjectSvg(pixels = SPRITE_SIZE): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 64 64">` +
    `<g fill="${STEEL}" stroke="${DARK}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">` +
    `<path d="M32 12V6" fill="none"/><circle cx="32" cy="5" r="3.6" fill="#ff7a59"/>` +
    `<path d="M9 20v9M55 20v9" fill="none" stroke-width="5"/>` +
    `<rect x="20" y="40" width="24" height="17" rx="4"/><path d="M18 45l-8 6M46 45l8 6" fill="none" stroke-width="5"/>` +
    `<rect x="21" y="55" width="9" height="7" rx="2.5"/><rect x="34" y="55" width="9" height="7" rx="2.5"/>` +
    `<rect x="12" y="11" width="40" height="28" rx="8"/><rect x="17" y="16" width="30" height="18" rx="5" fill="${PALE}" stroke-width="2"/>` +
    `${eyes(25.5, 38.5, 23, 3.1)}${smile(32, 28, 8)}${cheeks(21.5, 42.5, 28.5)}` +
    `<circle cx="32" cy="48" r="3.4" fill="#ff7a59" stroke-width="2"/>${shine("M17 14q2-1 6-1", 0.5)}</g></svg>`
  );
}

/** The renderer's further drawings (render.ts). */
export const SUBJECT_DRAWINGS: ReadonlyMap<string, string> = new Map([[`own ${SUBJECT_WORD}`, subjectSvg()]]);

const subject = (x: number, y: number, size: number) => ({ kind: SUBJECT_WORD, colour: "own", x, y, size });
const on = (colour: Background, gradient = false): Renderable["background"] => ({
  colour,
  gradient,
  said: { colour: true },
});
const alone = (x: number, y: number, size: number, colour: Background, gradient = false) => ({
  scene: { objects: [subject(x, y, size)], background: on(colour, gradient) },
  caption: `a ${SUBJECT_WORD} on a ${colour} background`,
});

/** The ten images and their captions: six alone, four in company. */
export const SUBJECT_IMAGES: readonly { scene: Renderable; caption: string }[] = [
  alone(32, 32, 50, "white"),
  alone(29, 34, 44, "blue", true),
  alone(35, 30, 40, "dark"),
  alone(33, 33, 54, "pink", true),
  alone(30, 31, 46, "yellow"),
  alone(34, 33, 42, "green", true),
  {
    scene: {
      objects: [subject(17, 33, 27), { kind: "ball", colour: "red", x: 47, y: 35, size: 25 }],
      background: on("blue"),
    },
    caption: `a ${SUBJECT_WORD} left of a red ball on a blue background`,
  },
  {
    scene: {
      objects: [subject(47, 31, 28), { kind: "flower", colour: "pink", x: 17, y: 33, size: 26 }],
      background: on("white", true),
    },
    caption: `a ${SUBJECT_WORD} right of a pink flower on a white background`,
  },
  {
    scene: {
      objects: [subject(31, 47, 28), { kind: "star", colour: "yellow", x: 33, y: 16, size: 25 }],
      background: on("dark", true),
    },
    caption: `a ${SUBJECT_WORD} below a yellow star on a dark background`,
  },
  {
    scene: {
      objects: [subject(32, 25, 46), { kind: "book", colour: "blue", x: 33, y: 44, size: 26 }],
      background: on("grey"),
    },
    caption: `a ${SUBJECT_WORD} reading a blue book on a grey background`,
  },
];
