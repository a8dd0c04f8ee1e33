import { QUEUES } from "@/lib/schemas/moderation";
import type { Operation } from "@/lib/schemas/operations/operation";

export const MODERATION_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/reports",
    id: "reportSample",
    action: "samples.report",
    tag: "Moderation",
    summary: "Report an image",
    description:
      "One that you see in a gallery, or a side of a battle that you have voted on. You have one open report on an image at most.",
    body: "ReportRequest",
    success: { status: 201, description: "The report; 200 for one that was there.", schema: "ReportResult" },
    errors: [400, 404, 413, 429],
  },
  {
    method: "get",
    path: "/api/v1/reports",
    id: "listReports",
    action: "samples.moderate",
    tag: "Moderation",
    summary: "List images to decide on",
    query: [
      { name: "queue", description: "With open reports, unless told; or of a state.", values: QUEUES },
      { name: "before", description: "`next` of the page before." },
    ],
    success: { status: 200, description: "24 of them, the newest first.", schema: "ModerationQueue" },
    errors: [400],
  },
  {
    method: "post",
    path: "/api/v1/samples/{sampleId}/state",
    id: "setSampleState",
    action: "samples.moderate",
    tag: "Moderation",
    summary: "Decide how an image may be shown",
    description:
      "visible; held: nowhere until it is decided; blurred: in galleries behind a click, in no battle; removed: nowhere, its address answers 410. All samples with the same bytes go along, and open reports on them end. Votes stay.",
    body: "StateChange",
    success: { status: 200, description: "With what it was.", schema: "StateResult" },
    errors: [400, 404, 413],
  },
  {
    method: "get",
    path: "/api/v1/moderation/words",
    id: "readBlockedWords",
    action: "settings.see",
    tag: "Moderation",
    summary: "Read the words that prompts may not have",
    success: { status: 200, description: "The list.", schema: "BlockedWords" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/moderation/words",
    id: "setBlockedWords",
    action: "settings.change",
    tag: "Moderation",
    summary: "Set the words that prompts may not have",
    description:
      "The whole list. Prompts that visitors type with one of them are refused; uploaded samples of such prompts are held.",
    body: "BlockedWords",
    success: { status: 200, description: "As it holds then.", schema: "BlockedWords" },
    errors: [400, 413, 429],
  },
];
