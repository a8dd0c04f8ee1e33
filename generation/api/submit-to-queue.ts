import { QueueClosedError, QueueFullError, type BatchQueue } from "@/generation/batch-queue";
import { ApiError } from "@/generation/http/api-error";

/**
 * Queue a request's tasks and wait for them.
 * @throws ApiError 429 when the queue is full, 503 when the server stops
 */
export async function submitToQueue<Task, Result>(
  queue: BatchQueue<Task, Result>,
  key: string,
  tasks: readonly Task[],
  signal: AbortSignal,
): Promise<{ results: Result[]; queuedMs: number }> {
  try {
    return await queue.submit(key, tasks, signal);
  } catch (error) {
    throw asRefusal(error);
  }
}

/** A queue's refusal as an answer: 429 when it is full, 503 when the server stops; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof QueueFullError) {
    return new ApiError(429, "rate_limit_exceeded", "Too many requests are waiting; try again later.", {
      type: "requests",
      headers: { "retry-after": String(error.retryAfterSeconds) },
    });
  }
  if (error instanceof QueueClosedError) {
    return new ApiError(503, "shutting_down", "The server is shutting down.", {
      headers: { "retry-after": "5" },
    });
  }
  return error;
}

/** Milliseconds, to a tenth. */
export const roundedMs = (value: number) => Math.round(value * 10) / 10;
