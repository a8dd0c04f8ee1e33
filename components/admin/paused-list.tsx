import Link from "next/link";
import type { ReactNode } from "react";
import { moment } from "@/components/format";
import { PAUSE_MEANING } from "@/components/runs/run-states";
import type { Paused } from "@/lib/schemas/administration/queue";

/** What does not go on by itself, each with what it waits for. */
export function PausedList({ paused }: { paused: Paused[] }) {
  if (paused.length === 0) return null;
  return (
    <section className="bg-alarm-soft mt-6 rounded-md px-4 py-3 text-sm" aria-labelledby="paused">
      <h2 id="paused" className="font-sans text-sm font-medium">
        Paused
      </h2>
      <ul className="mt-2 grid gap-1.5">
        {paused.map((each) => (
          <li key={JSON.stringify(each)}>{sentence(each)}</li>
        ))}
      </ul>
    </section>
  );
}

function sentence(paused: Paused): ReactNode {
  switch (paused.what) {
    case "no_worker":
      return "No worker is running: jobs wait.";
    case "disk_low":
      return "The disk is nearly full: nothing is generated or taken in until there is room again.";
    case "submissions_closed":
      return "Submissions are closed (SUBMISSIONS=off).";
    case "judge":
      return (
        <>
          The judge{" "}
          <Link href={`/judges#${paused.slug}`} className="link">
            {paused.name}
          </Link>{" "}
          is paused.
        </>
      );
    case "run":
      return (
        <>
          A{" "}
          <Link href={`/runs/${paused.runId}`} className="link">
            run
          </Link>{" "}
          of {paused.model} is paused
          {paused.pausedFor === null ? "." : `: ${PAUSE_MEANING[paused.pausedFor]}`}
        </>
      );
    case "endpoint":
      return (
        <>
          The endpoint of {paused.model} has been failing since {moment(paused.since)}; its{" "}
          <Link href={`/runs/${paused.runId}`} className="link">
            run
          </Link>{" "}
          waits for it.
        </>
      );
  }
}
