import type { Metadata } from "next";
import Link from "next/link";
import { currentVoter } from "@/app/current-voter";
import { RefreshEvery } from "@/components/refresh-every";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-states";
import { listRuns } from "@/lib/runs/list-runs";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Runs", description: "Evaluations of models, live and finished." };

export default async function RunsPage() {
  const runs = await listRuns({ limit: 100, voterId: await currentVoter() });
  return (
    <div className="page pt-10 sm:pt-14">
      {runs.some((run) => isActive(run.state)) && <RefreshEvery seconds={4} />}
      <h1 className="text-4xl">Runs</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A run puts one model through a set of prompts: its endpoint generates, an encoder and a grader read
        the images, and the numbers are published. Runs that you asked people about are under{" "}
        <Link className="link" href="/comparisons">
          your comparisons
        </Link>
        .
      </p>
      <div className="mt-10">
        {runs.length === 0 ? (
          <p className="card text-muted p-8 text-center">
            No run yet.{" "}
            <Link className="link" href="/submit">
              Submit a model
            </Link>{" "}
            to start one.
          </p>
        ) : (
          <RunList runs={runs} />
        )}
      </div>
    </div>
  );
}
