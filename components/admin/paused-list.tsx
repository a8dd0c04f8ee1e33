import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormat } from "@/components/use-format";
import type { Paused } from "@/lib/schemas/administration/queue";

/** What does not go on by itself, each with what it waits for. */
export function PausedList({ paused }: { paused: Paused[] }) {
  const t = useTranslations("admin.paused");
  if (paused.length === 0) return null;
  return (
    <section className="bg-alarm-soft mt-6 rounded-md px-4 py-3 text-sm" aria-labelledby="paused">
      <h2 id="paused" className="font-sans text-sm font-medium">
        {t("title")}
      </h2>
      <ul className="mt-2 grid gap-1.5">
        {paused.map((each) => (
          <li key={JSON.stringify(each)}>
            <Sentence paused={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sentence({ paused }: { paused: Paused }) {
  const t = useTranslations("admin.paused");
  const tRuns = useTranslations("runs");
  const { moment } = useFormat();
  switch (paused.what) {
    case "no_worker":
      return t("noWorker");
    case "disk_low":
      return t("diskLow");
    case "submissions_closed":
      return t("submissionsClosed");
    case "judge":
      return t.rich("judge", { name: paused.name, link: linkTo(`/judges#${paused.slug}`) });
    case "run":
      return t.rich(paused.pausedFor === null ? "run" : "runBecause", {
        model: paused.model,
        why: paused.pausedFor === null ? "" : tRuns("pause", { why: paused.pausedFor }),
        link: linkTo(`/runs/${paused.runId}`),
      });
    case "endpoint":
      return t.rich("endpoint", {
        model: paused.model,
        since: moment(paused.since),
        link: linkTo(`/runs/${paused.runId}`),
      });
  }
}

/** A message's link. */
const linkTo = (href: string) =>
  function Linked(chunks: ReactNode) {
    return (
      <Link href={href} className="link">
        {chunks}
      </Link>
    );
  };
