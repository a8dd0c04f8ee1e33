import { Check, Eye, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

/** How it looks what input forensics says of a run's files. */
export const FILES = {
  clean: { Icon: Check, tone: "bg-accent-soft text-accent" },
  look: { Icon: Eye, tone: "bg-sunk text-ink" },
  bad: { Icon: TriangleAlert, tone: "bg-alarm-soft text-alarm" },
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
  const t = useTranslations("site");
  if (files === null || runId === null || (files === "clean" && !always)) return null;
  const { Icon, tone } = FILES[files];
  return (
    <Link
      href={`/runs/${runId}#files`}
      className={`mt-1 inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs whitespace-nowrap ${tone}`}
    >
      <Icon className="size-3" aria-hidden="true" /> {t("filesBadge", { files })}
    </Link>
  );
}
