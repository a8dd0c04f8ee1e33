import type { Metadata } from "next";
import Link from "next/link";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { AdminHead } from "@/components/admin/admin-head";
import { ManagedModelList } from "@/components/admin/managed-model-list";
import { ModelFilter } from "@/components/admin/model-filter";
import { readManagedModels } from "@/lib/administration/read-models";
import { managedQuery } from "@/lib/schemas/administration/managed-models";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "All models", robots: { index: false } };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ManagedModelsPage({ searchParams }: { searchParams: Search }) {
  await requirePage("models.manage");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const query = managedQuery.safeParse(given).data ?? {};
  const { models, next } = await readManagedModels(query);
  const { state = "", find = "" } = query;
  const older = next && `/admin/models?${new URLSearchParams({ state, find, before: next })}`;
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead title="All models">
        Whose they are, how they stand and what they take up, private and hidden ones too.
      </AdminHead>
      <ModelFilter state={state} find={find} />
      <ManagedModelList models={models} isFiltered={state !== "" || find !== ""} />
      <nav aria-label="Pages" className="mt-6 flex gap-6">
        {query.before !== undefined && (
          <Link className="link" href={`/admin/models?${new URLSearchParams({ state, find })}`}>
            The newest
          </Link>
        )}
        {older && (
          <Link className="link" href={older}>
            Older
          </Link>
        )}
      </nav>
    </div>
  );
}
