import Link from "next/link";
import { taskName } from "@/components/boards/task-names";
import { counted } from "@/components/format";
import { SampleImage } from "@/components/sample-image";
import type { BoardCard as Card } from "@/lib/schemas/views";

/** A board: what it compares, and how far it is. */
export function BoardCard({ board }: { board: Card }) {
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
          {counted(prompts, "prompt")}
        </p>
      )}
      <h3 className="mt-4 text-xl break-words">
        {/* The whole card is the link. */}
        <Link href={`/leaderboard/${slug}`} className="hover:text-accent after:absolute after:inset-0">
          {name}
        </Link>
      </h3>
      {description && <p className="text-muted mt-1 line-clamp-2 text-sm break-words">{description}</p>}
      <p className="text-muted mt-auto pt-3 text-sm tabular-nums">
        {taskName(task)} · {counted(models, "model")} · {counted(votes, "vote")}
      </p>
      <Badges board={board} />
    </article>
  );
}

function Badges({ board: { slug, isPublic, isArchived, own, mayEdit } }: { board: Card }) {
  if (isPublic && !isArchived && !own && !mayEdit) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-xs">
      {own && <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">yours</span>}
      {!isPublic && <span className="bg-sunk rounded-full px-2.5 py-1">private</span>}
      {isArchived && <span className="bg-sunk rounded-full px-2.5 py-1">archived</span>}
      {mayEdit && (
        <Link href={`/boards/${slug}/settings`} className="link relative ml-auto text-sm">
          Settings
        </Link>
      )}
    </p>
  );
}
