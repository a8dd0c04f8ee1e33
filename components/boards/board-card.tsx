import Link from "next/link";
import { useTranslations } from "next-intl";
import { taskOf } from "@/components/boards/tasks";
import { SampleImage } from "@/components/sample-image";
import type { BoardCard as Card } from "@/lib/schemas/views";

/** A board: what it compares, and how far it is. */
export function BoardCard({ board }: { board: Card }) {
  const t = useTranslations("boards");
  const { slug, name, description, task, models, votes, images, prompts } = board;
  return (
    <article className="card relative flex h-full flex-col p-4">
      {images.length > 0 ? (
        <div className="grid grid-cols-4 gap-1.5" aria-hidden="true">
          {images.map(({ url, prompt }) => (
            <div key={url} className="frame [--frame-padding:3px]">
              <SampleImage src={url} prompt={prompt} />
            </div>
          ))}
        </div>
      ) : (
        <p className="bg-sunk text-muted rounded-md px-4 py-6 text-center text-sm">
          {t("card.prompts", { n: prompts })}
        </p>
      )}
      <h3 className="mt-4 text-xl break-words" translate="no">
        {/* The whole card is the link. */}
        <Link href={`/leaderboard/${slug}`} className="hover:text-accent after:absolute after:inset-0">
          {name}
        </Link>
      </h3>
      {description && (
        <p className="text-muted mt-1 line-clamp-2 text-sm break-words" translate="no">
          {description}
        </p>
      )}
      <p className="text-muted mt-auto pt-3 text-sm tabular-nums">
        {t(`tasks.${taskOf(task)}`)} · {t("card.models", { n: models })} · {t("card.votes", { n: votes })}
      </p>
      <Badges board={board} />
    </article>
  );
}

function Badges({ board: { slug, isPublic, isArchived, own, mayEdit } }: { board: Card }) {
  const t = useTranslations("boards.card");
  if (isPublic && !isArchived && !own && !mayEdit) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-xs">
      {own && <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">{t("yours")}</span>}
      {!isPublic && <span className="bg-sunk rounded-full px-2.5 py-1">{t("private")}</span>}
      {isArchived && <span className="bg-sunk rounded-full px-2.5 py-1">{t("archived")}</span>}
      {mayEdit && (
        <Link href={`/boards/${slug}/settings`} className="link relative ml-auto text-sm">
          {t("settings")}
        </Link>
      )}
    </p>
  );
}
