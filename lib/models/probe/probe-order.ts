import sharp from "sharp";
import type { Modality } from "@/lib/db/generated/enums";
import type { GenerationOrder } from "@/lib/providers/outcome";
import { orderTask, type OrderTask } from "@/lib/schemas/formats/order-task";

/** What a probe asks for. */
export type ProbeOrder = Pick<GenerationOrder<OrderTask>, "task" | "prompt" | "sources">;

const SIDE = 512;

/** What every endpoint is asked for first, by what its model makes: an edit is of a red ball on white. */
export async function probeOrder(modality: Modality): Promise<ProbeOrder> {
  const task = orderTask(modality, 0);
  if (modality !== "IMAGE_EDIT") return { task, prompt: "a teddy bear reading a book" };
  return {
    task,
    prompt: "make the ball blue",
    sources: [{ bytes: await redBall(), mediaType: "image/png" }],
  };
}

function redBall(): Promise<Buffer> {
  const pixels = Buffer.alloc(SIDE * SIDE * 3, 255);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      if (Math.hypot(x - SIDE / 2, y - SIDE / 2) < SIDE / 3) pixels.set([200, 30, 30], (y * SIDE + x) * 3);
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toBuffer();
}
