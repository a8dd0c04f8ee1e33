import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { AdminHead } from "@/components/admin/admin-head";
import { ManagedModelList } from "@/components/admin/managed-model-list";
import { ModelFilter } from "@/components/admin/model-filter";
import { Messages } from "@/components/messages";
import { readManagedModels } from "@/lib/administration/read-models";
import { managedQuery } from "@/lib/schemas/administration/managed-models";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.models");
  return { title: t("title"), robots: { index: false } };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ManagedModelsPage({ searchParams }: { searchParams: Search }) {
  await requirePage("models.manage");
  const t = await getTranslations("admin.models");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const query = managedQuery.safeParse(given).data ?? {};
  const { models, next } = await readManagedModels(query);
  const { state = "", find = "" } = query;
  const older = next && `/admin/models?${new URLSearchParams({ state, find, before: next })}`;
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead page="models" />
      <ModelFilter state={state} find={find} />
      <Messages areas={["admin"]}>
        <ManagedModelList models={models} isFiltered={state !== "" || find !== ""} />
      </Messages>
      <nav aria-label={t("pages")} className="mt-6 flex gap-6">
        {query.before !== undefined && (
          <Link className="link" href={`/admin/models?${new URLSearchParams({ state, find })}`}>
            {t("newest")}
          </Link>
        )}
        {older && (
          <Link className="link" href={older}>
            {t("older")}
          </Link>
        )}
      </nav>
    </div>
  );
}
