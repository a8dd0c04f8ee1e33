import { useTranslations } from "next-intl";
import { VOTE_STANDINGS, type VoteFilter } from "@/lib/schemas/administration/vote-admin";

/** Which votes are listed. It works without scripts: the filter is the page's address. */
export function VoteFilterForm({
  boards,
  filter,
  problem,
}: {
  boards: readonly { slug: string; name: string }[];
  filter: VoteFilter;
  problem: string | null;
}) {
  const t = useTranslations("votes");
  return (
    <form action="/votes" className="card mt-4 grid gap-4 p-5 text-sm sm:grid-cols-3 lg:grid-cols-6">
      <label className="grid gap-1">
        {t("filter.board")}
        <select className="field" name="board" defaultValue={filter.board}>
          {boards.map(({ slug, name }) => (
            <option key={slug} value={slug} translate="no">
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        {t("filter.status")}
        <select className="field" name="status" defaultValue={filter.status ?? ""}>
          <option value="">{t("filter.all")}</option>
          {VOTE_STANDINGS.map((standing) => (
            <option key={standing} value={standing}>
              {t("standing", { standing })}
            </option>
          ))}
        </select>
      </label>
      <Field name="voter" label={t("filter.voter")} value={filter.voter} />
      <Field name="model" label={t("filter.model")} value={filter.model} />
      <Field name="since" label={t("filter.since")} value={filter.since} type="date" />
      <Field name="until" label={t("filter.until")} value={filter.until} type="date" />
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2 sm:col-span-full">
        <button className="button-primary w-fit">{t("filter.go")}</button>
        {problem !== null && <p role="alert">{t("filter.problem", { problem })}</p>}
      </div>
    </form>
  );
}

function Field(props: { name: string; label: string; value: string | undefined; type?: "text" | "date" }) {
  const { name, label, value, type = "text" } = props;
  return (
    <label className="grid gap-1">
      {label}
      <input className="field" name={name} type={type} defaultValue={value ?? ""} />
    </label>
  );
}
