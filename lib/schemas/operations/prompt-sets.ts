import type { Operation } from "@/lib/schemas/operations/operation";

const FILE_QUERY: NonNullable<Operation["query"]> = [
  { name: "file", description: "The file's name: plain text is told by its ending." },
  { name: "category", description: "Of prompts whose file says none." },
  { name: "preview", description: "1: only say what the import would do.", values: ["0", "1"] },
  {
    name: "skip",
    description: "1: leave out what has an error, and import the rest. Otherwise an error refuses the file.",
    values: ["0", "1"],
  },
  {
    name: "arena",
    description: "Which of the prompts battles are drawn from: all unless told.",
    values: ["all", "half", "none"],
  },
];

const UPLOAD = ["application/octet-stream"];

export const PROMPT_SETS_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/prompt-sets",
    id: "listPromptSets",
    tag: "Prompts",
    summary: "List the prompt sets",
    description: "The newest version of each that you may see: the site's own, and yours.",
    success: { status: 200, description: "The sets.", schema: "PromptSetList" },
    errors: [],
  },
  {
    method: "post",
    path: "/api/v1/prompt-sets",
    id: "importPrompts",
    tag: "Prompts",
    summary: "Import prompts",
    description:
      "The body is the file: CSV, TSV, JSON, JSON lines or plain text, UTF-8; or a .zip of such files and of the images that prompts name. The set is shown to its owner only.",
    query: [
      { name: "name", description: "What the set is called; the file's name unless told." },
      { name: "into", description: "Slug of a set of your own that nothing uses yet: add to it instead." },
      ...FILE_QUERY,
    ],
    upload: UPLOAD,
    success: {
      status: 201,
      description: "What was imported; 200 where it was added to a set. With preview=1 a preview.",
      schema: "PromptImport",
    },
    errors: [400, 403, 404, 409, 413, 429, 503],
  },
  {
    method: "get",
    path: "/api/v1/prompt-sets/{slug}",
    id: "readPromptSet",
    tag: "Prompts",
    summary: "Read a prompt set",
    success: { status: 200, description: "One version of it.", schema: "PromptSet" },
    errors: [404],
  },
  {
    method: "delete",
    path: "/api/v1/prompt-sets/{slug}",
    id: "removePromptSet",
    tag: "Prompts",
    summary: "Remove a version of your own that nothing uses",
    success: { status: 204, description: "It is gone." },
    errors: [403, 404, 409],
  },
  {
    method: "get",
    path: "/api/v1/prompt-sets/{slug}/prompts",
    id: "listPrompts",
    tag: "Prompts",
    summary: "List a set's prompts",
    query: [
      { name: "category", description: "Of one category only." },
      { name: "tag", description: "With one tag only." },
      { name: "text", description: "Found anywhere in the prompt or its key, whatever its case." },
      { name: "from", description: "Index that the page begins at; `next` of the page before." },
      { name: "limit", description: "1 to 200; 50 unless told." },
    ],
    success: { status: 200, description: "A page, in the set's order.", schema: "PromptPage" },
    errors: [400, 404],
  },
  {
    method: "post",
    path: "/api/v1/prompt-sets/{slug}/versions",
    id: "newPromptSetVersion",
    tag: "Prompts",
    summary: "Make the next version of a set of your own",
    description: "The body holds the whole of it. Unchanged prompts keep their content hash.",
    query: FILE_QUERY,
    upload: UPLOAD,
    success: {
      status: 201,
      description: "The new version; 200, with the slug it had, where nothing changed.",
      schema: "PromptImport",
    },
    errors: [400, 403, 404, 409, 413, 429, 503],
  },
  {
    method: "post",
    path: "/api/v1/prompt-sets/{slug}/archive",
    id: "archivePromptSet",
    tag: "Prompts",
    summary: "Put a set of your own away",
    description: "All its versions leave the list, and nothing is added to them.",
    success: { status: 200, description: "The set as it then stands.", schema: "PromptSet" },
    errors: [403, 404],
  },
  {
    method: "get",
    path: "/api/v1/prompt-sets/{slug}/export",
    id: "exportPromptSet",
    tag: "Prompts",
    summary: "Download a set's prompts",
    query: [{ name: "format", description: "csv unless told.", values: ["csv", "jsonl"] }],
    success: {
      status: 200,
      description: "All prompts, as the import reads them.",
      mediaTypes: ["text/csv", "application/jsonl"],
    },
    errors: [400, 404, 429],
  },
];
