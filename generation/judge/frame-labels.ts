import { UnreadableRequestError } from "@/generation/judge/read-request";

/** What the text before an image says of it: "Frame 3 of 8:", or of one of two videos "Video A, frame 3 of 8:". */
export interface FrameLabel {
  video: string | null;
  number: number;
  of: number;
}

/** Most frames of one video. */
export const MOST_FRAMES = 16;

const LABEL = /^\s*(?:Video ([AB]), frame|Frame) (\d{1,4}) of (\d{1,4}):\s*$/;

/** The label that a text is; null where it is anything else. */
export function readFrameLabel(text: string): FrameLabel | null {
  const found = LABEL.exec(text);
  return found && { video: found[1] ?? null, number: Number(found[2]), of: Number(found[3]) };
}

/**
 * Images put together to what they are of: labelled frames, in their order, to videos; one without a label is an image by itself.
 * @throws UnreadableRequestError where frames are missing, or stand in another order
 */
export function groupFrames<T extends { frame: FrameLabel | null }>(images: readonly T[]): T[][] {
  const samples: T[][] = [];
  let open: FrameLabel | null = null;
  for (const image of images) {
    const { frame } = image;
    const isNext: boolean =
      open === null
        ? frame === null || frame.number === 1
        : frame?.number === open.number + 1 && frame.of === open.of && frame.video === open.video;
    if (!isNext) throw outOfOrder();
    if (frame !== null && frame.of > MOST_FRAMES) {
      throw new UnreadableRequestError(
        `a video has ${frame.of} frames; at most ${MOST_FRAMES} are looked at`,
      );
    }
    if (open === null) samples.push([image]);
    else samples[samples.length - 1].push(image);
    open = frame !== null && frame.number < frame.of ? frame : null;
  }
  if (open !== null) throw outOfOrder();
  return samples;
}

const outOfOrder = () =>
  new UnreadableRequestError(
    'The frames of a video come together, all of them and in order, each after its label, such as "Frame 1 of 8:"',
  );
