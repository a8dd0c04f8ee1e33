import { checkImage, MAX_PIXELS } from "@/lib/media/check-image";
import { checkVideo } from "@/lib/media/check-video";
import { decodeImage, ImageError } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import type { FailureKind, GenerationOrder, ModelEndpoint, Output } from "@/lib/providers/outcome";
import { judgeSize, wrongSizeText } from "@/lib/providers/size-verdict";
import { FORMATS } from "@/lib/schemas/formats/formats";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";
import { requestFacts } from "@/lib/schemas/formats/task-facts";

/** Room for what stands around an output. */
export const SPARE_BYTES = 64 * 1024;
/** Twenty seconds of 1080p at 40 Mbit/s. */
export const MAX_VIDEO_BYTES = 100e6;
/** What base64 makes of bytes, with escapes here and there. */
const BASE64 = 1.4;
/** A size that is told as a ratio comes out larger or smaller than the one that was meant. */
const LARGEST_RATIO_PIXELS = 2_400 * 2_400;
/** Of 255: what JPEG makes of black is no more. */
const DARKEST = 3;

type Order = GenerationOrder<OrderTask>;
const taskOf = ({ task = "text-to-image" }: Order): OrderTask => task;

/** Most bytes of an answer with an output: of an image, RGBA that does not compress, as base64. */
export function maxReplyBytes({ format }: ModelEndpoint, order: Order): number {
  if (makesVideo(taskOf(order))) return MAX_VIDEO_BYTES * BASE64;
  const [width, height] = order.size.split("x").map(Number);
  const exact = ["pixels", "list"].includes(FORMATS[format].size);
  const pixels = exact
    ? width * height
    : Math.min(MAX_PIXELS, Math.max(2 * width * height, LARGEST_RATIO_PIXELS));
  return Math.ceil(pixels * 4 * BASE64) + SPARE_BYTES;
}

/**
 * Look at what an endpoint gave: an image to its last pixel, a video as far as its container says.
 * @param options.anySize whether an image of another size than was asked for is taken too
 */
export async function checkOutput(
  bytes: Buffer,
  endpoint: ModelEndpoint,
  order: Order,
  { anySize = false }: { anySize?: boolean } = {},
): Promise<Output | { kind: FailureKind; message: string }> {
  try {
    if (makesVideo(taskOf(order))) return { media: "video", video: checkVideo("The video", bytes) };
    const image = await checkImage(bytes);
    const { size } = requestFacts(endpoint.format, taskOf(order));
    if (!anySize && judgeSize(size, order.size, image) === "other")
      return { kind: "invalid", message: wrongSizeText(order.size, image) };
    if (FORMATS[endpoint.format].blackRefuses && (await isBlack(image.bytes)))
      return {
        kind: "refused",
        message: "The endpoint answered an image that is black all over, which is how it refuses a prompt.",
      };
    return { media: "image", image };
  } catch (error) {
    if (!(error instanceof ImageError) && !(error instanceof FileError)) throw error;
    const message = `The endpoint's answer is no usable sample: ${error.message.replace("The video:", "The video")}`;
    return { kind: "invalid", message };
  }
}

async function isBlack(bytes: Buffer): Promise<boolean> {
  const { data } = await decodeImage(bytes, { maxPixels: MAX_PIXELS });
  return data.every((value) => value <= DARKEST);
}
