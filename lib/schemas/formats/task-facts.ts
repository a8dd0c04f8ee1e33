import type { RequestFacts } from "@/lib/schemas/formats/format-facts";
import { FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";

/** What requests for a task can say in a format; for one that it does not serve, as if it were for an image. */
export function requestFacts(format: FormatId, task: OrderTask): RequestFacts {
  const { video, ...image } = FORMATS[format];
  return makesVideo(task) && video !== null ? video : image;
}

/** Why an order cannot be made in a format. */
export type TaskProblem =
  | { code: "not_served"; format: FormatId; task: OrderTask }
  | { code: "no_source"; task: OrderTask }
  | { code: "too_many_sources"; format: FormatId; most: number; given: number }
  | { code: "no_mask"; format: FormatId };

/**
 * Whether a format serves a task.
 * @param given images that the order begins with, where they are known
 * @returns null: it does
 */
export function taskProblem(
  format: FormatId,
  task: OrderTask,
  given: { sources?: number; mask?: boolean } = {},
): TaskProblem | null {
  const { edits, mask, video } = FORMATS[format];
  if (task === "text-to-image") return null;
  if (task === "text-to-video") return video === null ? { code: "not_served", format, task } : null;
  const most = task === "image-edit" ? edits : video?.firstFrame ? 1 : 0;
  if (most === 0) return { code: "not_served", format, task };
  const { sources } = given;
  if (sources === 0) return { code: "no_source", task };
  if (sources !== undefined && sources > most)
    return { code: "too_many_sources", format, most, given: sources };
  return given.mask && !mask ? { code: "no_mask", format } : null;
}

const NOUNS: Record<OrderTask, string> = {
  "text-to-image": "images",
  "image-edit": "edits of images",
  "text-to-video": "videos",
  "image-to-video": "videos that begin with an image",
};

/** The same in a sentence. */
export function taskProblemText(problem: TaskProblem): string {
  switch (problem.code) {
    case "not_served":
      return `The format ${FORMATS[problem.format].label} serves no ${NOUNS[problem.task]} here: choose another format or another board.`;
    case "no_source":
      return problem.task === "image-edit"
        ? "The prompt has no image that is to be edited."
        : "The prompt has no image that the video is to begin with.";
    case "too_many_sources":
      return `The prompt has ${problem.given} images, and the format ${FORMATS[problem.format].label} takes ${problem.most} at most.`;
    case "no_mask":
      return `The format ${FORMATS[problem.format].label} cannot be told which part of an image is to change.`;
  }
}
