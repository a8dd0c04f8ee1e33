import type { Operation } from "@/lib/schemas/operations/operation";

export const ADMINISTRATION_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/admin/queue",
    id: "readQueue",
    action: "queue.manage",
    tag: "Administration",
    summary: "Read the queue of jobs",
    description:
      "How many jobs of each kind wait, run, are tried again and have failed for good; the failed ones, the newest first, with their errors; the workers; and what is paused.",
    success: { status: 200, description: "As it stands.", schema: "Queue" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/admin/queue",
    id: "changeQueue",
    action: "queue.manage",
    tag: "Administration",
    summary: "Have failed jobs done again, or remove one",
    description:
      "retry: a job, or all failed ones of a kind, from their first attempt. remove: a job that is tried no more. A job that a worker has in hand stays as it is.",
    body: "QueueChange",
    success: { status: 200, description: "How many jobs that was.", schema: "QueueChanged" },
    errors: [400, 404, 409, 413, 429],
  },
];
