import { currentAsker } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { listBoards } from "@/lib/boards/list-boards";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Leaderboard" };

export default async function LeaderboardIndexPage() {
  const [first] = await listBoards({ by: await currentAsker() });
  if (first) redirect(`/leaderboard/${first.slug}`);
  return (
    <div className="page py-20 text-center">
      <h1 className="text-4xl">Leaderboard</h1>
      <p className="text-muted mx-auto mt-4 max-w-md">
        There is no board yet. Run{" "}
        <code className="bg-sunk rounded px-1.5 py-0.5 text-sm">npx salon seed</code>, or{" "}
        <Link href="/submit" className="link">
          submit a model
        </Link>
        .
      </p>
    </div>
  );
}
