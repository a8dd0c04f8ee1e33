import type { BoardCreation } from "@/lib/schemas/boards";
import type { BoardTask } from "@/lib/schemas/views";

/** What a board's models do, by the API's name of it. */
export const TASK_NAMES: Record<BoardCreation["task"], string> = {
  "text-to-image": "Text to image",
  "text-to-video": "Text to video",
  "image-edit": "Image editing",
};

/** The same as lists of boards have it. */
export const taskName = (task: BoardTask) =>
  TASK_NAMES[task.toLowerCase().replaceAll("_", "-") as BoardCreation["task"]];
