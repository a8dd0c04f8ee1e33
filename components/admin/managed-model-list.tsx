import Link from "next/link";
import { ManagedModelActions } from "@/components/admin/managed-model-actions";
import { bytesText, count, counted, day } from "@/components/format";
import { runFailureText } from "@/lib/schemas/reasons/failure-text";
import type { ManagedModel } from "@/lib/schemas/administration/managed-models";

/** All models of the site, each with its owner, how it stands, and what may be done to it. */
export function ManagedModelList({ models, isFiltered }: { models: ManagedModel[]; isFiltered: boolean }) {
  if (models.length === 0) {
    return (
      <p className="card text-muted mt-8 p-8 text-center">
        {isFiltered ? "No model like that." : "There are no models yet."}
      </p>
    );
  }
  return (
    <ul className="mt-8 grid gap-3">
      {models.map((model) => (
        <li key={model.id} className="card p-4" aria-labelledby={model.id}>
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <h2 id={model.id} className="text-xl break-words">
              <Link href={`/models/${model.slug}`} className="link">
                {model.name}
              </Link>
            </h2>
            <span className="text-muted text-sm">by {model.creator}</span>
            <span className={`ml-auto rounded-full px-2.5 py-1 text-xs ${TONES[model.state] ?? "bg-sunk"}`}>
              {STATES[model.state]}
            </span>
          </div>
          <Facts model={model} />
          {model.lastFailure && (
            <p className="text-alarm mt-3 text-sm break-words">
              <Link href={`/runs/${model.lastFailure.runId}`} className="underline">
                A run failed
              </Link>
              {model.lastFailure.at && ` on ${day(model.lastFailure.at)}`}
              {model.lastFailure.failedFor && `: ${runFailureText(model.lastFailure.failedFor)}`}
            </p>
          )}
          <ManagedModelActions model={model} />
        </li>
      ))}
    </ul>
  );
}

const STATES: Record<ManagedModel["state"], string> = {
  listed: "listed",
  unlisted: "not listed",
  hidden: "hidden",
  waiting: "waiting for a review",
  rejected: "rejected",
};
const TONES: Partial<Record<ManagedModel["state"], string>> = {
  listed: "bg-accent-soft text-accent",
  waiting: "bg-alarm-soft text-alarm",
};

function Facts({ model }: { model: ManagedModel }) {
  const facts: [string, string][] = [
    ["Owner", ownerOf(model)],
    ["Endpoint", model.endpoint ?? "none"],
    ["Runs", model.run === null ? "none" : `${count(model.runs)}, the newest ${model.run}`],
    ["Votes", count(model.votes)],
    ["Own prompts", ownPrompts(model)],
    ["On the disk", bytesText(model.bytes)],
    ["Submitted", day(model.submittedAt)],
  ];
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-muted text-xs">{label}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ownerOf({ submittedBy, owner }: ManagedModel): string {
  if (submittedBy === "bundled") return "comes with Salon";
  return submittedBy === "operator" ? "the operator" : (owner ?? "visitor");
}

function ownPrompts({ ownPromptsPerDay }: ManagedModel): string {
  if (ownPromptsPerDay === null) return "open";
  return ownPromptsPerDay === 0 ? "not open" : `${counted(ownPromptsPerDay, "call")} a day`;
}
