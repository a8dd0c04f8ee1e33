import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { currentVoter } from "@/app/current-voter";
import { single } from "@/app/search";
import { Arena } from "@/components/arena/arena";
import { RefreshEvery } from "@/components/refresh-every";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-states";
import { listRuns } from "@/lib/runs/list-runs";
import { listBoards } from "@/lib/boards/list-boards";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Arena",
  description: "Two pictures of one prompt, names covered. Which is better?",
};

export default async function ArenaPage({ searchParams }: PageProps<"/arena">) {
  const wanted = single((await searchParams).board);
  const voterId = await currentVoter();
  const [boards, runs] = await Promise.all([
    listBoards({ by: { voterId } }),
    listRuns({ limit: 12, voterId }),
  ]);
  const board = wanted === undefined ? boards[0] : boards.find(({ slug }) => slug === wanted);
  if (wanted !== undefined && !board) notFound();
  const active = runs.filter((run) => isActive(run.state));
  return (
    <>
      {boards.length > 1 && (
        <nav aria-label="Boards" className="page-wide flex justify-center gap-2 pt-4">
          {boards.map(({ slug, name }) => (
            <Link
              key={slug}
              href={`/arena?board=${slug}`}
              aria-current={slug === board?.slug ? "page" : undefined}
              className="text-muted aria-[current]:bg-sunk aria-[current]:text-ink rounded-full px-3 py-1 text-sm"
            >
              {name}
            </Link>
          ))}
        </nav>
      )}
      <Arena
        key={board?.slug}
        board={board?.slug ?? "text-to-image"}
        waiting={
          <div className="mx-auto mt-10 max-w-3xl">
            <RefreshEvery seconds={3} />
            {active.length > 0 ? (
              <RunList runs={active} />
            ) : (
              <p className="text-muted text-center">
                No model is generating at the moment.{" "}
                <Link className="link" href="/submit">
                  Submit one
                </Link>
                , or start the worker if it is not running.
              </p>
            )}
          </div>
        }
      />
    </>
  );
}
