import Link from "next/link";
import { count, percent, points, rankSpread } from "@/components/format";
import { Drift } from "@/components/models/drift";
import { EditModel } from "@/components/models/edit-model";
import { KeptOffNote } from "@/components/models/kept-off-note";
import { ModelControls } from "@/components/models/model-controls";
import { OwnPrompts } from "@/components/models/own-prompts";
import { VisitorMark } from "@/components/visitor-mark";
import type { Offer } from "@/lib/schemas/offer";
import type { ModelView } from "@/lib/schemas/views";

/** What a model is, where it stands, and what its owner can do with it. */
export function ModelHeader({ model, changing }: { model: ModelView; changing: Offer }) {
  const { row } = model;
  return (
    <header className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-end">
      <div>
        <p className="eyebrow">
          {model.board ? (
            <Link href={`/leaderboard/${model.board.slug}`} className="hover:text-ink">
              {model.board.name}
            </Link>
          ) : (
            "On no board"
          )}
          {!model.listed && ` · ${offBoard(model)}`}
        </p>
        <h1 className="mt-2 text-4xl sm:text-5xl">{model.name}</h1>
        <p className="text-muted mt-2 text-lg">
          by {model.creator} <VisitorMark submittedBy={model.submittedBy} />
        </p>
        {model.description && <p className="mt-5 max-w-2xl leading-relaxed">{model.description}</p>}
        <KeptOffNote keptOff={model.keptOff} />
        {model.canChange && changing.kind === "open" && (
          <ModelControls slug={model.slug} name={model.name} listed={model.listed} own={model.own} />
        )}
        {model.canChange && !model.bundled && changing.kind === "open" && <EditModel model={model} />}
        {model.drift && <Drift slug={model.slug} drift={model.drift} />}
        {model.ownPrompts && <OwnPrompts slug={model.slug} revision={model.revision} {...model.ownPrompts} />}
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        <Figure label="Rank" value={rankSpread(row?.rankLow ?? null, row?.rankHigh ?? null)} />
        <Figure
          label="Rating"
          value={points(row?.rating)}
          note={
            typeof row?.ratingLow !== "number"
              ? undefined
              : `${points(row.ratingLow)} to ${points(row.ratingHigh)}`
          }
        />
        <Figure label="Elo" value={points(row?.elo)} />
        <Figure
          label="Votes"
          value={count(row?.votes ?? 0)}
          note={typeof row?.winRate !== "number" ? undefined : `wins ${percent(row.winRate)}`}
        />
      </dl>
    </header>
  );
}

/** Why a model that its reader may see is not on the board. */
function offBoard({ keptOff, own }: Pick<ModelView, "keptOff" | "own">): string {
  if (keptOff?.why === "hidden") return "hidden by the operator of this site";
  return own ? "private, shown to its submitter only" : "not on the board yet";
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-serif text-3xl tabular-nums">{value}</dd>
      <dd className="text-muted min-h-4 text-xs tabular-nums">{note}</dd>
    </div>
  );
}
