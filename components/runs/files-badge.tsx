import { Check, Eye, TriangleAlert } from "lucide-react";
import Link from "next/link";

/** What input forensics says of a run's files, in a word. */
export const FILES = {
  clean: { label: "nothing odd", Icon: Check, tone: "bg-accent-soft text-accent" },
  look: { label: "worth a look", Icon: Eye, tone: "bg-sunk text-ink" },
  bad: { label: "something is wrong", Icon: TriangleAlert, tone: "bg-alarm-soft text-alarm" },
} as const;

/**
 * A mark where a model's files are not as they should be, with the way to the list of what was found. Clean files need no mark
 * among the models, unless `always`.
 */
export function FilesBadge({
  files,
  runId,
  always = false,
}: {
  files: keyof typeof FILES | null;
  runId: string | null;
  always?: boolean;
}) {
  if (files === null || runId === null || (files === "clean" && !always)) return null;
  const { label, Icon, tone } = FILES[files];
  return (
    <Link
      href={`/runs/${runId}#files`}
      className={`mt-1 inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs whitespace-nowrap ${tone}`}
    >
      <Icon className="size-3" aria-hidden="true" /> files: {label}
    </Link>
  );
}
