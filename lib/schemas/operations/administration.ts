import { managedState } from "@/lib/schemas/administration/managed-models";
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
  {
    method: "get",
    path: "/api/v1/admin/models",
    id: "listAllModels",
    action: "models.manage",
    tag: "Administration",
    summary: "List all models of the site",
    description: "Those too that are private, hidden or waiting for a review; 25 a page, the newest first.",
    query: [
      { name: "state", description: "Only these.", values: managedState.options },
      { name: "find", description: "Part of a name, a creator or a slug." },
      { name: "before", description: "`next` of the page before." },
    ],
    success: { status: 200, description: "A page of models.", schema: "ManagedModels" },
    errors: [400],
  },
  {
    method: "post",
    path: "/api/v1/admin/models/{slug}",
    id: "manageModel",
    action: "models.manage",
    tag: "Administration",
    summary: "Review, hide, show, withdraw or run a model",
    description:
      "hide: out of arena and board, until it is shown again. withdraw: as its submitter does it. run: as its newest run was.",
    body: "ManagedChange",
    success: { status: 200, description: "{runId}: the run that was started, or null." },
    errors: [400, 404, 409, 413, 429, 503],
  },
  {
    method: "delete",
    path: "/api/v1/admin/models/{slug}",
    id: "removeAnyModel",
    action: "models.manage",
    tag: "Administration",
    summary: "Remove a model for good",
    success: { status: 204, description: "It is gone." },
    errors: [404, 409, 429],
  },
  {
    method: "get",
    path: "/api/v1/admin/storage",
    id: "readStorage",
    action: "storage.manage",
    tag: "Administration",
    summary: "Read what the disk is used for",
    description:
      "As a worker last measured it, within the hour; with what is free on the site's machine now.",
    success: { status: 200, description: "Bytes by kind.", schema: "Storage" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/admin/storage",
    id: "cleanStorage",
    action: "storage.manage",
    tag: "Administration",
    summary: "Have the disk measured or cleaned up",
    description:
      "collect: what nothing refers to any more is deleted now, not within minutes. A job does either.",
    body: "StorageAction",
    success: { status: 200, description: "As it stands, with the job pending.", schema: "Storage" },
    errors: [400, 413, 429],
  },
];
