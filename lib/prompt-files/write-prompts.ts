import { csvRow } from "@/lib/ratings/log/csv";

/** A prompt as an export has it. */
export interface WrittenPrompt {
  key: string;
  text: string;
  category: string;
  tags: string[];
  language: string | null;
  negativePrompt: string | null;
  sourceArtifacts: string[];
  referenceArtifact: string | null;
  truth: unknown;
  metadata: unknown;
}

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const json = (value: unknown) => (value === null || value === undefined ? "" : JSON.stringify(value));

/** Columns that the import reads back as they were. Lists are JSON, since a tag may hold any separator. */
const COLUMNS: Record<string, (prompt: WrittenPrompt) => string> = {
  key: ({ key }) => key,
  prompt: ({ text }) => text,
  category: ({ category }) => category,
  tags: ({ tags }) => (tags.length === 0 ? "" : json(tags)),
  language: ({ language }) => language ?? "",
  negative_prompt: ({ negativePrompt }) => negativePrompt ?? "",
  source_images: ({ sourceArtifacts }) => (sourceArtifacts.length === 0 ? "" : json(sourceArtifacts)),
  reference_image: ({ referenceArtifact }) => referenceArtifact ?? "",
  truth: ({ truth }) => json(truth),
  metadata: ({ metadata }) => json(metadata),
};

/** What stands before the first prompt. */
export const headOf = (format: ExportFormat): string =>
  format === "csv" ? `${csvRow(Object.keys(COLUMNS))}\n` : "";

/** A prompt as a line of an export; parsing it gives the same prompt again. */
export function writePrompt(prompt: WrittenPrompt, format: ExportFormat): string {
  if (format === "csv") return `${csvRow(Object.values(COLUMNS).map((cell) => cell(prompt)))}\n`;
  const { text, negativePrompt, sourceArtifacts, referenceArtifact, ...rest } = prompt;
  const line = {
    key: rest.key,
    prompt: text,
    category: rest.category,
    ...(rest.tags.length > 0 && { tags: rest.tags }),
    ...(rest.language !== null && { language: rest.language }),
    ...(negativePrompt !== null && { negative_prompt: negativePrompt }),
    ...(sourceArtifacts.length > 0 && { source_images: sourceArtifacts }),
    ...(referenceArtifact !== null && { reference_image: referenceArtifact }),
    ...(rest.truth !== null && { truth: rest.truth }),
    ...(rest.metadata !== null && { metadata: rest.metadata }),
  };
  return `${JSON.stringify(line)}\n`;
}
