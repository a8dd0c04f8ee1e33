import Link from "next/link";
import { count, day } from "@/components/format";
import { ProgressLine } from "@/components/judges/progress-line";
import type { QuestionSetSummary } from "@/lib/schemas/judges/judging";

/** The versions there are, and how to make one. */
export function QuestionSets({ sets, shown }: { sets: QuestionSetSummary[]; shown: string | null }) {
  if (sets.length === 0) {
    return (
      <p className="card text-muted mt-10 p-8 text-center">
        No checklists yet. Have them proposed with <code>salon questions propose PROMPT-SET</code>.
      </p>
    );
  }
  return (
    <ul className="mt-8 grid grid-cols-1 gap-4">
      {sets.map((set) => (
        <li key={set.id} className={`card p-5 ${set.id === shown ? "ring-accent ring-1" : ""}`}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h2 className="text-xl">
              <Link
                className="hover:text-accent"
                href={`/judges/questions?set=${set.promptSet}&version=${set.version}`}
                aria-current={set.id === shown ? "page" : undefined}
              >
                {set.promptSet}, version {set.version}
              </Link>
            </h2>
            <p className="text-muted text-sm tabular-nums">
              {count(set.questions)} questions on {count(set.proposed - set.problems)} prompts, proposed by{" "}
              {set.proposedBy === "grammar" ? "the Toybox grammar" : set.proposedBy}
            </p>
          </div>
          {set.proposed < set.prompts && (
            <ProgressLine
              label={`${count(set.proposed)} of ${count(set.prompts)} prompts taken apart`}
              note="being proposed"
              share={set.proposed / set.prompts}
            />
          )}
          {set.problems > 0 && (
            <p className="text-alarm mt-2 text-sm">{count(set.problems)} prompts could not be taken apart.</p>
          )}
          <p className="mt-2 text-sm">
            {set.reviewedAt ? (
              <>
                Reviewed by {set.reviewedBy}, {day(set.reviewedAt)}.
              </>
            ) : (
              <>
                Not reviewed yet, so no judge uses it. The operator reads it, and approves it with{" "}
                <code>
                  salon questions approve {set.promptSet} {set.version}
                </code>
                .
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
