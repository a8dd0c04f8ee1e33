/** What a link preview is drawn of: texts and bars on a canvas, in pixels. */
export type CardMark =
  | { kind: "text"; text: string; left: number; top: number; size: number; colour: string }
  | { kind: "bar"; left: number; top: number; width: number; height: number; colour: string };

/** The size that link previews are cut to everywhere (the Open Graph protocol's habit). */
export const CARD_SIZE = { width: 1200, height: 630 };
