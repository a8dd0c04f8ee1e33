/** What an endpoint can be asked to make of a prompt. */
export const ORDER_TASKS = ["text-to-image", "image-edit", "text-to-video", "image-to-video"] as const;
export type OrderTask = (typeof ORDER_TASKS)[number];
export type VideoTask = Extract<OrderTask, `${string}-to-video`>;

export const makesVideo = (task: OrderTask): task is VideoTask => task.endsWith("-to-video");

/** What is ordered for a prompt of a model's task: a video begins with the prompt's image, where it has one. */
export function orderTask(
  modality: "TEXT_TO_IMAGE" | "TEXT_TO_VIDEO" | "IMAGE_EDIT",
  sources: number,
): OrderTask {
  if (modality === "TEXT_TO_VIDEO") return sources > 0 ? "image-to-video" : "text-to-video";
  return modality === "IMAGE_EDIT" ? "image-edit" : "text-to-image";
}
