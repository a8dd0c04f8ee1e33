/**
 * How images are looked at: the whole of each (zoom null), or so many screen pixels to a pixel of theirs, with the point (x, y) of each
 * in the middle of its pane. The point is in shares of width and height, so that images of different sizes move in step.
 */
export interface View {
  zoom: number | null;
  x: number;
  y: number;
}

export const WHOLE: View = { zoom: null, x: 0.5, y: 0.5 };
/** Pixels of the screen to one of the image. */
export const ZOOMS = [1, 2, 4, 8] as const;

type Size = { width: number; height: number };

const share = (value: number) => Math.min(1, Math.max(0, value));

/** The same point at another zoom. */
export const zoomedTo = (view: View, zoom: number | null): View =>
  zoom === null ? WHOLE : { ...view, zoom };

/** One step closer (1) or back (-1): from the whole to 1:1 and on. */
export function zoomedBy(view: View, step: 1 | -1): View {
  const steps: (number | null)[] = [null, ...ZOOMS];
  const at = steps.indexOf(view.zoom) + step;
  return at < 0 || at >= steps.length ? view : zoomedTo(view, steps[at]);
}

/**
 * Images pushed by so many CSS pixels, as a hand pushes paper; nothing of them is pushed beyond the middle of its pane.
 * @param shown size in CSS pixels of the image that is pushed
 */
export function pushed(view: View, by: { x: number; y: number }, shown: Size): View {
  if (view.zoom === null || shown.width <= 0 || shown.height <= 0) return view;
  return { ...view, x: share(view.x - by.x / shown.width), y: share(view.y - by.y / shown.height) };
}

/** Size in CSS pixels of an image at a zoom. @param ratio device pixels to a CSS pixel */
export const shownSize = ({ width, height }: Size, zoom: number, ratio: number): Size => ({
  width: (width * zoom) / ratio,
  height: (height * zoom) / ratio,
});

/** Where in an image, in shares, a point of its pane lies while the whole of it is shown, centred. */
export function pointOf(at: { x: number; y: number }, pane: Size, image: Size): { x: number; y: number } {
  const scale = Math.min(pane.width / image.width, pane.height / image.height);
  if (!(scale > 0)) return { x: 0.5, y: 0.5 };
  return {
    x: share(0.5 + (at.x - pane.width / 2) / (image.width * scale)),
    y: share(0.5 + (at.y - pane.height / 2) / (image.height * scale)),
  };
}
