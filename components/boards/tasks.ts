import type { BoardCreation } from "@/lib/schemas/boards";
import type { BoardTask } from "@/lib/schemas/views";

/** What a board's models may do, by the API's name of it. */
export const TASKS = [
  "text-to-image",
  "text-to-video",
  "image-edit",
] as const satisfies readonly BoardCreation["task"][];

/** The same of a board in a list. */
export const taskOf = (task: BoardTask) => task.toLowerCase().replaceAll("_", "-") as BoardCreation["task"];
