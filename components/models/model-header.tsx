import { useTranslations } from "next-intl";
import Link from "next/link";
import { Drift } from "@/components/models/drift";
import { EditModel } from "@/components/models/edit-model";
import { KeptOffNote } from "@/components/models/kept-off-note";
import { ModelControls } from "@/components/models/model-controls";
import { OwnPrompts } from "@/components/models/own-prompts";
import { useFormat } from "@/components/use-format";
import { VisitorMark } from "@/components/visitor-mark";
import type { Offer } from "@/lib/schemas/offer";
import type { ModelView } from "@/lib/schemas/views";

/** What a model is, where it stands, and what its owner can do with it. */
export function ModelHeader({ model, changing }: { model: ModelView; changing: Offer }) {
  const t = useTranslations("models.header");
  const { count, percent, points, rankSpread } = useFormat();
  const { row } = model;
  return (
    <header className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-end">
      <div>
        <p className="eyebrow">
          {model.board ? (
            <Link href={`/leaderboard/${model.board.slug}`} className="hover:text-ink" translate="no">
              {model.board.name}
            </Link>
          ) : (
            t("noBoard")
          )}
          {!model.listed && ` · ${t("off", { why: offBoard(model) })}`}
        </p>
        <h1 className="mt-2 text-4xl sm:text-5xl" translate="no">
          {model.name}
        </h1>
        <p className="text-muted mt-2 text-lg">
          {t.rich("by", { creator: model.creator, name: (chunks) => <span translate="no">{chunks}</span> })}{" "}
          <VisitorMark submittedBy={model.submittedBy} />
        </p>
        {model.description && (
          <p className="mt-5 max-w-2xl leading-relaxed" translate="no">
            {model.description}
          </p>
        )}
        <KeptOffNote keptOff={model.keptOff} />
        {model.canChange && changing.kind === "open" && (
          <ModelControls slug={model.slug} name={model.name} listed={model.listed} own={model.own} />
        )}
        {model.canChange && !model.bundled && changing.kind === "open" && <EditModel model={model} />}
        {model.drift && <Drift slug={model.slug} drift={model.drift} />}
        {model.ownPrompts && <OwnPrompts slug={model.slug} revision={model.revision} {...model.ownPrompts} />}
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        <Figure label={t("rank")} value={rankSpread(row?.rankLow ?? null, row?.rankHigh ?? null)} />
        <Figure
          label={t("rating")}
          value={points(row?.rating)}
          note={
            typeof row?.ratingLow !== "number"
              ? undefined
              : t("range", { low: points(row.ratingLow), high: points(row.ratingHigh) })
          }
        />
        <Figure label={t("elo")} value={points(row?.elo)} />
        <Figure
          label={t("votes")}
          value={count(row?.votes ?? 0)}
          note={typeof row?.winRate !== "number" ? undefined : t("wins", { share: percent(row.winRate) })}
        />
      </dl>
    </header>
  );
}

/** Why a model that its reader may see is not on the board. */
function offBoard({ keptOff, own }: Pick<ModelView, "keptOff" | "own">): string {
  if (keptOff?.why === "hidden") return "hidden";
  return own ? "private" : "new";
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
