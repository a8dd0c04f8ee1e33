import type { Operation } from "@/lib/schemas/operations/operation";

export const STACK_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/drawings",
    id: "startDrawing",
    action: "prompts.ask",
    tag: "Stack",
    summary: "Have a prompt drawn by every bundled model",
    description:
      "All of them begin with one seed and keep their own settings. Poll the drawing: its images come one after another. It is nobody's benchmark and is deleted after a day.",
    body: "DrawingRequest",
    success: { status: 201, description: "The drawing as it begins.", schema: "Drawing" },
    errors: [400, 403, 409, 413, 429, 503],
  },
  {
    method: "get",
    path: "/api/v1/drawings/{drawingId}",
    id: "getDrawing",
    action: "public.read",
    tag: "Stack",
    summary: "Poll a drawing",
    success: { status: 200, description: "The drawing as it stands.", schema: "Drawing" },
    errors: [404],
  },
];
